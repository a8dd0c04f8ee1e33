import { open } from "node:fs/promises";

/** What archive a file is by its first bytes, whatever it is called; null when it is neither. A .npz is a zip. */
export async function sniffArchive(file: string): Promise<"zip" | "tar" | null> {
  const handle = await open(file, "r");
  const head = Buffer.alloc(262);
  try {
    await handle.read(head, 0, head.length, 0);
  } finally {
    await handle.close();
  }
  if (head.toString("latin1", 0, 2) === "PK") return "zip";
  return head.toString("latin1", 257, 262) === "ustar" ? "tar" : null;
}
