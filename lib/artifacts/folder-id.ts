import { randomBytes } from "node:crypto";
import { mkdir, readFile, readdir, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { artifactFolder } from "@/lib/artifacts/store";

/** Beside the 256 folders of the store: a random id, which tells this folder from any other and from an unmounted disk. */
const NAME = ".salon-folder";

/** The id of an artifact folder; null when it has none, or is not there. */
export async function readFolderId(folder = artifactFolder()): Promise<string | null> {
  try {
    return (await readFile(path.join(folder, NAME), "utf8")).trim() || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** A fresh id for an artifact folder. */
export const newFolderId = () => randomBytes(12).toString("hex");

/** Mark an artifact folder, made if need be, with an id. */
export async function writeFolderId(id: string, folder = artifactFolder()): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = path.join(folder, `${NAME}.${id}.part`);
  await writeFile(draft, `${id}\n`, { flush: true });
  await rename(draft, path.join(folder, NAME));
}

/** Whether a folder holds no artifact, not even of the last hour. */
export async function isStoreEmpty(folder = artifactFolder()): Promise<boolean> {
  for (const part of await readdir(folder).catch(() => [])) {
    if (!/^[0-9a-f]{2}$/.test(part)) continue;
    const names = await readdir(path.join(folder, part));
    if (names.some((name) => /^[0-9a-f]{64}$/.test(name))) return false;
  }
  return true;
}
