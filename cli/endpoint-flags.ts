import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { SalonError } from "@/lib/errors";

/** The key is read from a file: a command's arguments are seen by all users of the machine. */
export const KEY_FILE = "--key-file <file>";
export const KEY_MEANING = "file that holds the key; - reads it from standard input";

/** Of --timeout. */
export const TIMEOUT_MEANING = "how long an image may take, 10 to 900 (as its format usually takes)";

/** Of --accept-failed-probe. */
export const ACCEPT_MEANING = "submit it although its last test failed";

export async function readKey(file: string | undefined): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const key = (await readFile(file === "-" ? "/dev/stdin" : file, "utf8")).trim();
  if (key === "") throw new SalonError("invalid_request", `${file} holds no key.`);
  return key;
}

/** @throws SalonError naming what is no number */
export function numberOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === "" || !Number.isFinite(value)) {
    throw new SalonError("invalid_request", `${text} is no number.`);
  }
  return value;
}

/** What was typed, as a body of the API. @throws SalonError naming the first field at fault */
export function parseTyped<S extends z.ZodType>(schema: S, typed: z.input<S>): z.output<S> {
  const parsed = schema.safeParse(typed);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  throw new SalonError("invalid_request", `${path.join(".")} ${message}`);
}
