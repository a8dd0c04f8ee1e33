import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * Folder of the weights that come with Salon, one folder an encoder. Not `new URL("./weights", import.meta.url)`: the site's
 * bundler takes that for a file to bundle.
 */
export const BUNDLED_WEIGHTS = path.join(path.dirname(fileURLToPath(import.meta.url)), "weights");
