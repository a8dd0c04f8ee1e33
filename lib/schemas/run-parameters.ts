import { z } from "zod";
import { pixelSize } from "@/lib/schemas/endpoints/endpoint-fields";
import { extraFields, extraHeaders, isPlain, NOT_PLAIN } from "@/lib/schemas/extra-fields";

/** What a run asks of its endpoint besides the prompt. */

const LARGEST_SEED = 2 ** 31 - 1;
const MOST_SEEDS = 64;
/** As a prompt's own. */
const LONGEST_NEGATIVE_PROMPT = 8_000;

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
    .refine(isPlain, NOT_PLAIN)
    .nullish()
    .describe("For prompts that have no negative prompt of their own."),
  extraFields: extraFields
    .default({})
    .describe(
      "Further fields of every request, such as {quality: 'high'}: texts, numbers and booleans, shown with the run.",
    ),
  extraHeaders: extraHeaders
    .default({})
    .describe("Further headers of every request to the endpoint's own hosts, shown with the run. No keys."),
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
export const storedHeaders = z.record(z.string(), z.string());

/** A run's parameters as its page and its API answer show them. */
export const runParameters = z.object({
  imageSize: pixelSize.nullable().describe("Width x height asked for; null: not known."),
  seeds,
  steps: z.number().int().nullable(),
  guidance: z.number().nullable(),
  negativePrompt: z.string().nullable(),
  extraFields: storedFields,
  extraHeaders: storedHeaders,
});

export type RunSeeds = z.output<typeof seeds>;
export type RunParameters = z.output<typeof runParameters>;
/** As they are asked for: what is left out is the endpoint's own to choose. */
export type WantedParameters = Pick<RunParameters, "seeds"> & Partial<RunParameters>;
