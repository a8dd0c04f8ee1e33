import path from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout Salon runs from. */
export const ROOT = path.resolve(fileURLToPath(new URL("..", import.meta.url)));

/** Long-running processes live in the checkout, wherever they were called from. */
export function enterRoot(): void {
  process.chdir(ROOT);
}
