import { createHash } from "node:crypto";

/** sha256 (hex) over texts, each preceded by its length. */
export function hashOf(parts: string[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:${part}\n`);
  return hash.digest("hex");
}
