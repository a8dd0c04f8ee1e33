import { z } from "zod";
import { clipPair } from "@/lib/schemas/battles";

/** In which order two runs' common prompts are shown. */
export const BESIDE_SORTS = ["prompt", "disagreement"] as const;

const shownSample = z.object({
  sampleId: z.string(),
  url: z.string(),
  judges: z
    .array(z.object({ judge: z.string(), rubric: z.string(), score: z.number() }))
    .describe("What judges gave it, 0 to 1; those without a verdict are missing."),
  allCorrect: z.boolean().nullable().describe("What the newest grader says; null: not graded."),
});

export const runsBeside = z.object({
  first: z.object({ runId: z.string(), model: z.string() }),
  second: z.object({ runId: z.string(), model: z.string() }),
  categories: z.array(z.string()).describe("Of the common prompts."),
  total: z.number().int().describe("Common prompts of the category, on all pages."),
  offset: z.number().int(),
  pageSize: z.number().int(),
  prompts: z.array(
    z.object({
      key: z.string(),
      text: z.string(),
      category: z.string(),
      sources: z
        .array(z.string())
        .describe("Addresses of the images that it edits or animates, where you may see its prompt set."),
      disagreement: z
        .number()
        .nullable()
        .describe(
          "By how much judges score the two differently: the mean over the judges and rubrics that both have, 0 to 1; null: none.",
        ),
      first: z.array(shownSample),
      second: z.array(shownSample),
      clips: z
        .array(clipPair.nullable())
        .describe("Of those at one place of both: how they play in step, if both are videos."),
    }),
  ),
});
export type RunsBeside = z.output<typeof runsBeside>;
export type BesideSort = (typeof BESIDE_SORTS)[number];
