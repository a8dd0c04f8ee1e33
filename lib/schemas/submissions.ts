import { z } from "zod";
import { capability, orderOutcome } from "@/lib/schemas/endpoints/capabilities";
import { budgetUsd, pricePerImage } from "@/lib/schemas/costs";
import { shownName, shownText } from "@/lib/schemas/shown-name";
import {
  apiKey,
  endpointUrl,
  imageSize,
  pixelSize,
  providerModel,
  timeoutSeconds,
} from "@/lib/schemas/endpoints/endpoint-fields";
import { needsOptions, readFormatOptions, type FormatOptions } from "@/lib/schemas/formats/format-options";
import { chosenFormat, formatId } from "@/lib/schemas/formats/formats";
import { enoughSeeds, NOT_ENOUGH_SEEDS, runParameterFields } from "@/lib/schemas/run-parameters";

/** The bodies of submitting a model and of trying its endpoint. /api/openapi.json is made from these. */

const ownPromptsPerDay = z
  .number()
  .int()
  .min(0)
  .max(100_000)
  .describe(
    "How often a day (UTC) visitors' own prompts may call this endpoint, on its owner's bill; 0: never.",
  );

const samplesPerPrompt = z.number().int().min(1).max(16).default(1).describe("Samples of each prompt.");
const label = shownText.nullish().describe("What tells this run from others of the model.");

const submissionFields = z
  .object({
    preset: z
      .string()
      .max(100)
      .optional()
      .describe(
        "Which entry of the catalogue it is; its page then shows what others published of that. Every other field is as it is said here.",
      ),
    name: shownName,
    creator: shownName,
    endpointUrl,
    format: formatId
      .optional()
      .describe("What the endpoint speaks; unless told as its host says, or OpenAI's images format."),
    formatOptions: z
      .json()
      .optional()
      .describe(
        "Of the formats http and comfyui: the request with placeholders, and where the answer stands.",
      ),
    apiKey,
    providerModel,
    pricePerImageUsd: pricePerImage.nullish().describe("List price of an image in US dollars."),
    priceSource: shownText.nullish().describe("Where the price is written down, such as an address."),
    budgetUsd,
    openWeights: z.boolean().nullish(),
    licence: shownText.nullish().describe("Of the weights, such as Apache-2.0."),
    parameters: z.number().int().min(1).max(1e15).nullish().describe("How many the network has."),
    releasedAt: z.iso
      .date()
      .refine((day) => day >= "1950-01-01", "must be 1950-01-01 or later")
      .nullish(),
    paradigm: shownText.nullish(),
    architecture: shownText.nullish(),
    representation: shownText.nullish(),
    textConditioning: shownText.nullish(),
    imageSize,
    concurrency: z.number().int().min(1).max(16).default(2),
    timeoutSeconds,
    ownPromptsPerDay: ownPromptsPerDay.default(0),
    board: z.string().max(100).default("text-to-image"),
    promptCount: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe("Run over the first so many prompts of the board's set; all of them unless told."),
    samplesPerPrompt,
    label,
    ...runParameterFields,
    listed: z
      .boolean()
      .default(true)
      .describe(
        "Whether the model joins arena and leaderboard once it is scored; where the site reviews submissions, once its operator has approved it as well.",
      ),
    acceptFailedProbe: z
      .boolean()
      .optional()
      .describe(
        "Whether it is submitted although your last test of its address, within a day, failed: without this that is refused (409 probe_failed).",
      ),
  })
  .strict();

/** What is wrong with a format's options is said of them. */
function checkOptions(
  { format, endpointUrl, formatOptions, extraFields }: FormatChoice & { extraFields: object },
  context: { addIssue(issue: { code: "custom"; message: string; path: string[] }): void },
): void {
  const read = readFormatOptions(chosenFormat(format, endpointUrl), formatOptions);
  if ("problem" in read) context.addIssue({ code: "custom", message: read.problem, path: ["formatOptions"] });
  if (needsOptions(chosenFormat(format, endpointUrl)) && Object.keys(extraFields).length > 0) {
    const message = "are for formats whose requests Salon writes: write them into this one's template";
    context.addIssue({ code: "custom", message, path: ["extraFields"] });
  }
}

type FormatChoice = Pick<z.output<typeof submissionFields>, "format" | "endpointUrl" | "formatOptions">;

/** A choice's options, its defaults filled in; null: a format that has none. */
export function optionsOf({ format, endpointUrl, formatOptions }: FormatChoice): FormatOptions | null {
  const read = readFormatOptions(chosenFormat(format, endpointUrl), formatOptions);
  return "options" in read ? read.options : null;
}

export const submission = submissionFields
  .refine(enoughSeeds, NOT_ENOUGH_SEEDS)
  .refine(
    ({ budgetUsd, pricePerImageUsd }) => (budgetUsd ?? null) === null || (pricePerImageUsd ?? null) !== null,
    {
      message: "needs the price of an image: without one nobody could watch it",
      path: ["budgetUsd"],
    },
  )
  .superRefine(checkOptions);

/** Another run of a model that is there. */
export const runRequest = z
  .object({
    board: z
      .string()
      .max(100)
      .optional()
      .describe(
        "Slug of a board, which the model joins; its prompts are the run's, of several sets a run over each.",
      ),
    promptSet: z.string().max(100).optional().describe("Slug of a prompt set, where no board is named."),
    promptCount: z.number().int().min(1).max(100_000).optional(),
    samplesPerPrompt,
    label,
    imageSize: pixelSize.optional().describe("Of the images asked for; unless told the endpoint's own."),
    pricePerImageUsd: pricePerImage
      .nullish()
      .describe("What an image costs in this run; unless told as measured before, or the list price."),
    budgetUsd,
    ...runParameterFields,
  })
  .strict()
  .refine(enoughSeeds, NOT_ENOUGH_SEEDS)
  .refine(({ board, promptSet }) => (board === undefined) !== (promptSet === undefined), {
    message: "name a board or a prompt set",
    path: ["board"],
  });

/** What may be changed of a model that is there; what is not said stays. */
export const modelChanges = z
  .object({
    ...submissionFields.pick({
      ...{ pricePerImageUsd: true, priceSource: true, openWeights: true, releasedAt: true },
      ...{ licence: true, parameters: true },
      ...{ paradigm: true, architecture: true, representation: true, textConditioning: true },
    }).shape,
    endpointUrl: endpointUrl.optional(),
    format: formatId.optional(),
    formatOptions: z.json().optional(),
    providerModel: providerModel.optional(),
    imageSize: pixelSize.optional(),
    concurrency: z.number().int().min(1).max(16).optional(),
    timeoutSeconds,
    apiKey: apiKey
      .nullable()
      .describe("Takes the place of the stored one, which is forgotten; null: none is sent any more."),
  })
  .strict();

const runIds = z
  .array(z.string())
  .describe("A run over each of the board's prompt sets; runId is the first of them.");

export const startedRun = z.object({ runId: z.string(), runIds });

export type RunRequest = z.output<typeof runRequest>;

export const ownPrompts = z.object({ perDay: ownPromptsPerDay }).strict();

export const submissionResponse = z.object({
  modelId: z.string(),
  model: z.string(),
  runId: z.string(),
  runIds,
  fitsArena: z
    .boolean()
    .describe(
      "Whether its samples can be in the board's battles: the image size has their shape, and where everyone votes the seeds are no list. If not, the model is measured, but in no battle.",
    ),
});

/** What keeps a model off its board. */
export const keptOff = z.object({
  why: z.enum(["hidden", "waiting", "rejected"]).describe("waiting: for the operator's review."),
  reason: z.string().nullable().describe("Why it was rejected."),
});

const connectionTestFields = submissionFields.pick({
  endpointUrl: true,
  format: true,
  formatOptions: true,
  apiKey: true,
  providerModel: true,
  imageSize: true,
  timeoutSeconds: true,
  board: true,
  seeds: true,
  steps: true,
  guidance: true,
  negativePrompt: true,
  extraFields: true,
  extraHeaders: true,
});

export const connectionTest = connectionTestFields.superRefine(checkOptions);

export const connectionTestResponse = z.object({
  ok: z
    .boolean()
    .describe("Whether an image of the right size came: what else is not as hoped is no failure."),
  outcome: orderOutcome,
  message: z.string().describe("What happened, and what to change when it is not ok."),
  latencyMs: z.number().nullable().describe("Of the first image."),
  width: z.number().nullable(),
  height: z.number().nullable(),
  costUsd: z.number().nullable().describe("What the endpoint says that the image cost; null: it does not."),
  prompt: z.string(),
  imageDataUrl: z.string().nullable().describe("The first sample, re-encoded."),
  capability: capability.describe("What was found: size, seeds, latency, transparency, metadata."),
});

export type ModelChanges = z.output<typeof modelChanges>;
export type KeptOff = z.output<typeof keptOff>;
export type Submission = z.output<typeof submission>;
export type SubmissionInput = z.input<typeof submission>;
export type SubmissionResponse = z.output<typeof submissionResponse>;
export type ConnectionTest = z.output<typeof connectionTest>;
export type ConnectionTestInput = z.input<typeof connectionTest>;
export type ConnectionTestResponse = z.output<typeof connectionTestResponse>;
