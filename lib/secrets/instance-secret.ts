import { randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { env } from "@/lib/env";

/**
 * The secret of this installation: SALON_SECRET, or one made on first use and kept in the data directory
 * (readable by its owner only). Derive a key from it for each purpose (derive-key.ts); never use it as it is.
 */
export function instanceSecret(): string {
  const { SALON_SECRET, SALON_DATA_DIR } = env();
  return SALON_SECRET ?? (kept ??= secretIn(SALON_DATA_DIR));
}

let kept: string | undefined;

/** The secret kept in a folder, made when there is none; processes that race for it agree on one. */
export function secretIn(folder: string): string {
  const file = path.join(folder, "secret");
  const read = () => {
    try {
      return readFileSync(file, "utf8").trim();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  };
  const known = read();
  if (known) return known;
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(draft, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600 });
  try {
    linkSync(draft, file); // unlike a rename, a link never replaces the winner's secret
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
  const agreed = read();
  if (!agreed) throw new Error(`${file} is empty: restore it, or delete it and submit endpoint keys again.`);
  return agreed;
}
