import { z } from "zod";
import { revision } from "@/lib/schemas/error-response";
import { promptProblem } from "@/lib/schemas/prompt-problems";

/** Prompt sets as the API and pages have them. */

const share = z.object({ name: z.string(), count: z.number().int() });

export const promptSetSummary = z.object({
  slug: z.string(),
  name: z.string(),
  version: z.number().int(),
  createdAt: z.string(),
  prompts: z.number().int(),
  /** Largest first. */
  categories: z.array(share),
  listed: z.boolean(),
  archived: z.boolean(),
  own: z.boolean(),
  submittedBy: z.enum(["operator", "visitor"]),
});

export const promptSetView = promptSetSummary.extend({
  revision,
  arena: z.number().int().describe("Prompts that battles are drawn from."),
  tags: z.array(share).describe("The commonest, at most 50."),
  languages: z.array(share),
  runs: z.number().int().describe("Runs that use this version."),
  boards: z.number().int().describe("Boards that use this version."),
  canChange: z
    .boolean()
    .describe("Whether you may change it: who imported it may, and who runs the site its own."),
  changeable: z
    .boolean()
    .describe("Nothing uses it yet, so prompts may be added to it. Otherwise make a new version."),
  versions: z.array(
    z.object({
      slug: z.string(),
      version: z.number().int(),
      createdAt: z.string(),
      prompts: z.number().int(),
      kept: z.number().int().describe("Prompts that the version before has too, unchanged."),
    }),
  ),
});

export const promptSetList = z.object({
  promptSets: z.array(promptSetSummary).describe("The newest version of each."),
  limits: z.object({
    megabytes: z.number(),
    prompts: z.number().int(),
    sets: z.number().int(),
  }),
});

export const promptView = z.object({
  index: z.number().int(),
  key: z.string(),
  text: z.string(),
  category: z.string(),
  tags: z.array(z.string()),
  language: z.string().nullable(),
  negativePrompt: z.string().nullable(),
  sourceArtifacts: z.array(z.string()).describe("sha256 of the images that are edited or animated."),
  referenceArtifact: z.string().nullable(),
  images: z
    .object({ sources: z.array(z.string()), reference: z.string().nullable() })
    .describe("Addresses of the same images."),
  arena: z.boolean(),
  hasTruth: z.boolean(),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  contentHash: z.string().nullable(),
});

export const promptPage = z.object({
  prompts: z.array(promptView),
  total: z.number().int().describe("Prompts that match."),
  next: z.number().int().nullable().describe("`from` of the page that follows."),
});

const change = z.object({
  kept: z.number().int(),
  added: z.number().int(),
  changed: z.number().int(),
  removed: z.number().int(),
});

export const promptPreview = z.object({
  format: z.string().nullable(),
  prompts: z.number().int(),
  images: z.number().int(),
  errors: z.number().int(),
  warnings: z.number().int(),
  problems: z.array(promptProblem).describe("The first 500, errors first."),
  categories: z.array(
    share.extend({
      first: z.array(
        z.object({ key: z.string(), text: z.string(), tags: z.array(z.string()), sources: z.number().int() }),
      ),
    }),
  ),
  against: change.nullable().describe("What it would change of the set that it is for."),
});

export const promptImport = change.extend({
  slug: z.string(),
  version: z.number().int(),
  prompts: z.number().int(),
  leftOut: z.number().int().describe("Errors: prompts or files that are not in the set."),
});

export const promptSetListing = z.object({ listed: z.boolean() }).strict();

export type PromptSetSummary = z.output<typeof promptSetSummary>;
export type PromptSetView = z.output<typeof promptSetView>;
export type PromptSetList = z.output<typeof promptSetList>;
export type PromptView = z.output<typeof promptView>;
export type PromptPage = z.output<typeof promptPage>;
export type PromptPreview = z.output<typeof promptPreview>;
export type PromptImport = z.output<typeof promptImport>;
export type PromptChange = z.output<typeof change>;
