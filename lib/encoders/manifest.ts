import { createHash } from "node:crypto";

/**
 * Identity of a set of samples: sha256 (hex) over the sorted sha256 of its files. Names and order do not count,
 * repeated files do, so the same images in a folder, a zip or under other names are the same reference.
 */
export function manifestHash(fileHashes: string[]): string {
  const hash = createHash("sha256").update("salon manifest 1\n");
  for (const file of [...fileHashes].sort()) hash.update(`${file}\n`);
  return hash.digest("hex");
}

/** Node hashes less than 2 GiB at a time. */
const PIECE = 2 ** 30;

/** sha256 (hex) of bytes. */
export function sha256(bytes: Uint8Array): string {
  const hash = createHash("sha256");
  for (let at = 0; at < bytes.length; at += PIECE) hash.update(bytes.subarray(at, at + PIECE));
  return hash.digest("hex");
}
