import { z } from "zod";
import { isKeyName, pixelSize } from "@/lib/schemas/endpoint-fields";
import { plainText } from "@/lib/schemas/plain-text";

/** What a run asks of its endpoint besides the prompt. */

const LARGEST_SEED = 2 ** 31 - 1;
const MOST_SEEDS = 64;
/** As a prompt's own. */
const LONGEST_NEGATIVE_PROMPT = 8_000;
const MOST_FIELDS = 20;
const LONGEST_TEXT = 500;

/** Fields that wire formats write themselves, or that would make an answer something else than one image. */
const RESERVED = new Set([
  ...["model", "prompt", "n", "size", "seed", "response_format", "stream", "partial_images"],
  ...["num_inference_steps", "guidance_scale", "negative_prompt"],
]);
const FIELD_NAME = /^[A-Za-z][A-Za-z0-9_.-]{0,63}$/;
/** Names of headers, which a request has already; a body has no use for them. */
const HEADER_NAME = /^(authorization|cookie|host|content-type|accept|x-api-key|proxy-.*)$/i;

/** Why a request may have no further field of this name; null: it may. */
function refusedField(name: string): string | null {
  if (!FIELD_NAME.test(name))
    return "must have names of letters, digits, _, . and -, beginning with a letter, at most 64";
  if (isKeyName(name) || HEADER_NAME.test(name))
    return `may not hold a key or a header (${name}): they are shown with the run; give a key as the API key`;
  if (RESERVED.has(name)) return `may not hold ${name}, which Salon sets itself`;
  return null;
}

const plain = (text: string) => plainText(text, text.length) === text;
const NOT_PLAIN = "may not hold control characters";

const extraFields = z
  .record(
    z.string(),
    z.union([
      z.string().max(LONGEST_TEXT).refine(plain, NOT_PLAIN),
      z.number().min(-1e12).max(1e12),
      z.boolean(),
    ]),
  )
  .superRefine((fields, context) => {
    const names = Object.keys(fields);
    const refused = names.map(refusedField).find((why) => why !== null);
    const message = names.length > MOST_FIELDS ? `may hold at most ${MOST_FIELDS} fields` : refused;
    if (message) context.addIssue({ code: "custom", message });
  });

const seedList = z
  .array(z.number().int().min(0).max(LARGEST_SEED))
  .min(1)
  .max(MOST_SEEDS)
  .refine((list) => new Set(list).size === list.length, "must be different from each other");
const seeds = z.union([z.enum(["per-prompt", "none"]), seedList]);

/** The fields of a request's body that say them. */
export const runParameterFields = {
  seeds: seeds
    .default("per-prompt")
    .describe(
      "per-prompt: one for each prompt and sample, decided by its place. A list: the same for every prompt, sample i has seed i; such samples are in no battle where everyone votes. none: no seed is sent.",
    ),
  steps: z.number().int().min(1).max(10_000).nullish().describe("Sampling steps."),
  guidance: z.number().min(0).max(1_000).nullish().describe("Guidance scale."),
  negativePrompt: z
    .string()
    .trim()
    .max(LONGEST_NEGATIVE_PROMPT)
    .refine(plain, NOT_PLAIN)
    .nullish()
    .describe("For prompts that have no negative prompt of their own."),
  extraFields: extraFields
    .default({})
    .describe(
      "Further fields of every request, such as {scheduler: 'euler'}: texts, numbers and booleans, shown with the run.",
    ),
};

/** A list of seeds needs one for each sample of a prompt. */
export const enoughSeeds = (run: { seeds: z.output<typeof seeds>; samplesPerPrompt: number }): boolean =>
  typeof run.seeds === "string" || run.seeds.length >= run.samplesPerPrompt;

export const NOT_ENOUGH_SEEDS = {
  message: "must be at least as many as there are samples of each prompt",
  path: ["seeds"],
};

/** Further fields as a run has them, by whatever rules held when it was started. */
export const storedFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** A run's parameters as its page and its API answer show them. */
export const runParameters = z.object({
  imageSize: pixelSize.nullable().describe("Width x height asked for; null: not known."),
  seeds,
  steps: z.number().int().nullable(),
  guidance: z.number().nullable(),
  negativePrompt: z.string().nullable(),
  extraFields: storedFields,
});

export type RunSeeds = z.output<typeof seeds>;
export type RunParameters = z.output<typeof runParameters>;
/** As they are asked for: what is left out is the endpoint's own to choose. */
export type WantedParameters = Pick<RunParameters, "seeds"> & Partial<RunParameters>;
