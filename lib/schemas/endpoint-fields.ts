import { z } from "zod";

/** What a person says of an endpoint, a model's or a judge's. */

/** Names under which a key stands in an address's query: a stored address is readable, a stored key is sealed. */
const KEY_NAME =
  /^(x[-_.])?((api|access|auth|subscription|ocp|app|client|secret|session)[-_.]?)*(key|keyid|token|secret|sig|signature|credentials?|pass(word|wd)?|pwd|auth|authorization|jwt|bearer|code)$/i;

/** The first query parameter of an address that looks like a key, by name; null: none. */
function keyInQuery(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const names = [...new URL(address).searchParams.keys()];
  return names.find((name) => KEY_NAME.test(name) || /-(signature|credential|token)$/i.test(name)) ?? null;
}

export const endpointUrl = z
  .url({ protocol: /^https?$/, error: "must be an http or https address" })
  .max(500)
  .superRefine((address, context) => {
    const name = keyInQuery(address);
    if (name === null) return;
    const message = `holds a key (${name.slice(0, 40)}=...): addresses are kept readable, so leave it out here and give it as the API key`;
    context.addIssue({ code: "custom", message });
  })
  .describe("Base of an OpenAI-compatible API, such as https://host/v1.");

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
  .describe("Sent as Authorization: Bearer. Stored sealed, shown never.");

export const providerModel = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .describe("The name the endpoint knows the model by.");

/** Pixels a side. */
const SMALLEST_SIDE = 16;
const LARGEST_SIDE = 4096;

export const imageSize = z
  .string()
  .regex(/^\d{2,4}x\d{2,4}$/, "must look like 1024x1024")
  .refine(
    (size) => size.split("x").every((side) => Number(side) >= SMALLEST_SIDE && Number(side) <= LARGEST_SIDE),
    `must have ${SMALLEST_SIDE} to ${LARGEST_SIDE} pixels a side`,
  )
  .default("64x64");
