import { z } from "zod";

/** What a person says of an endpoint, a model's or a judge's. */

/** Words of names under which a key stands in an address: a stored address is readable, a stored key is sealed. */
const KEY_WORD =
  /^(((api|access|auth|subscription|private|user|account|client|secret|session|id)*(key|keyid|token|secret))|sig|signature|credentials?|pass(word|wd)?|pwd|auth|authorization|jwt|bearer|sas|sk)$/;
/** The words of a name such as X-Api-Key, sharedAccessSignature or api_key_v2, in small letters. */
const wordsOf = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z0-9]+/);
/** Whether a parameter of this name looks like one that holds a key. */
export const isKeyName = (name: string) =>
  wordsOf(name).some((word) => KEY_WORD.test(word)) || /^code$/i.test(name);
/** What no name of a version or deployment looks like: 20 or more letters and digits in a row, mixed. */
const KEY_VALUE = /^(?=.*\d)(?=.*[a-z])[\w~+/.=-]{20,}$/i;

/** The first parameter of an address, in its query or behind #, that looks like a key; null: none. */
export function keyInAddress(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const { searchParams, hash } = new URL(address);
  const given = [...searchParams, ...new URLSearchParams(hash.slice(1))];
  return given.find(([name, value]) => isKeyName(name) || KEY_VALUE.test(value))?.[0] ?? null;
}

export const endpointUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .max(500)
  .superRefine((address, context) => {
    const name = keyInAddress(address);
    if (name === null) return;
    const message = `holds a key (${name.slice(0, 40)}=...): addresses are kept readable, so leave it out here and give it as the API key`;
    context.addIssue({ code: "custom", message });
  })
  .describe("Base of an API, such as https://host/v1.");

export const apiKey = z
  .string()
  .trim()
  .min(1)
  .max(500)
  .regex(
    /^[\x21-\x7e]+$/,
    "must be of plain letters, digits and signs, without spaces or line breaks: something else was pasted with it",
  )
  .optional()
  .describe("Sent as the format carries a key, to this endpoint alone. Stored sealed, shown never.");

export const providerModel = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .describe("The name the endpoint knows the model by.");

/** Longest that an endpoint may be given for one image, in seconds. */
export const LONGEST_WAIT_S = 900;
const SHORTEST_WAIT_S = 10;
export const timeoutSeconds = z
  .number()
  .int()
  .min(SHORTEST_WAIT_S)
  .max(LONGEST_WAIT_S)
  .optional()
  .describe(
    "How long an image may take, in seconds; unless told 180, or more for formats that usually take longer.",
  );

/** Pixels a side. */
const SMALLEST_SIDE = 16;
const LARGEST_SIDE = 4096;

export const pixelSize = z
  .string()
  .regex(/^\d{2,4}x\d{2,4}$/, "must look like 1024x1024")
  .refine(
    (size) => size.split("x").every((side) => Number(side) >= SMALLEST_SIDE && Number(side) <= LARGEST_SIDE),
    `must have ${SMALLEST_SIDE} to ${LARGEST_SIDE} pixels a side`,
  );

export const imageSize = pixelSize.default("64x64");
