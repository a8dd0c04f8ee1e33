import { z } from "zod";
import { revision } from "@/lib/schemas/error-response";
import { apiKey, endpointUrl, providerModel } from "@/lib/schemas/endpoints/endpoint-fields";
import { storedJudgePause } from "@/lib/schemas/reasons/judge-pause";
import { demotion } from "@/lib/schemas/judges/judge-report";
import { submittedBy } from "@/lib/schemas/stack/stack-facts";
import { shownName } from "@/lib/schemas/shown-name";

/** Bodies of the API about judges. */

/** How a judge can be shown videos: frames in their order, or the whole file. */
export type VideosAs = "frames" | "video";

const dollars = z.number().min(0).max(1_000_000);

/** What a person says of a judge when adding it. */
export const judgeSubmission = z
  .object({
    name: shownName,
    creator: shownName.describe(
      "Who made the model: ranks are also shown without the judges of one creator.",
    ),
    endpointUrl,
    apiKey,
    providerModel,
    rubrics: z
      .array(z.string().max(60))
      .min(1)
      .max(10)
      .describe(
        "Ids such as viescore@1. Those of videos say how it is shown them: videoscore@1 and videopair@1 as eight frames, wholescore@1 and wholepair@1 whole, as an MP4 file; never both. They cannot be changed later.",
      ),
    budgetUsd: dollars.nullish().describe("Judging stops at so many US dollars; needs both prices."),
    usdPerMillionInputTokens: dollars.nullish(),
    usdPerMillionOutputTokens: dollars.nullish(),
    concurrency: z.number().int().min(1).max(16).default(2),
    promptsPerRun: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .nullish()
      .describe("Of each run the samples of the first so many prompts; all of them unless told."),
    pairsPerBoard: z
      .number()
      .int()
      .min(0)
      .max(10_000)
      .default(200)
      .describe("Pairs judged besides those that people voted on, for rubrics of pairs."),
  })
  .strict();

export const judgeTest = judgeSubmission
  .pick({ endpointUrl: true, apiKey: true, providerModel: true })
  .extend({
    rubrics: judgeSubmission.shape.rubrics
      .optional()
      .describe("What it is to be asked: with rubrics of whole videos it is tried with a video too."),
  });

export const judgeTestResponse = z.object({
  ok: z.boolean(),
  message: z.string().describe("What happened, and what to change when it is not ok."),
  jsonSchema: z.boolean().describe("Whether it answers in the form of a JSON schema."),
  logprobs: z.boolean().describe("Whether it tells the probabilities of its words: VQAScore needs them."),
  latencyMs: z.number(),
  said: z.string().describe("What it answered, cut short."),
});

/** One thing at a time: go on or stop, or another budget. */
export const judgeChange = z.union([
  z
    .object({
      action: z
        .enum(["pause", "resume", "judge_all"])
        .describe(
          "resume also asks again where calls failed; judge_all gives it all published runs it has not judged.",
        ),
    })
    .strict(),
  z.object({ budgetUsd: dollars.nullable() }).strict(),
]);

export const judgeAdmission = z.object({ admitted: z.boolean() }).strict();

export const rubricView = z.object({
  id: z.string(),
  kind: z.enum(["pointwise", "pairwise", "checklist", "vqascore"]),
  sees: z
    .enum(["image", "frames", "video"])
    .describe("What a judge is shown: an image, eight frames of a video, or a whole video."),
  title: z.string(),
  description: z.string(),
  source: z.string(),
});

export const judgeView = z.object({
  judgeId: z.string(),
  slug: z.string(),
  name: z.string(),
  creator: z.string(),
  providerModel: z
    .string()
    .nullable()
    .describe(
      "This, its key's last digits, its money and its endpoint's words are its owner's alone: null for others.",
    ),
  bundled: z.boolean(),
  submittedBy,
  admitted: z
    .boolean()
    .describe(
      "Whether everybody sees it: a visitor's judge is its owner's alone until the operator admits it.",
    ),
  own: z.boolean().describe("Whether you may control it: who added it may."),
  state: z.enum(["ACTIVE", "PAUSED"]),
  pausedFor: storedJudgePause
    .nullable()
    .describe(
      "Why it paused by itself; its owner's to read, null for others. A text where an earlier release stored one.",
    ),
  demotedFor: z.array(demotion).nullable().describe("Why its report card demoted it; null: it stands."),
  rubrics: z.array(z.string()),
  jsonSchema: z.boolean().nullable(),
  logprobs: z.boolean().nullable(),
  apiKeyLast4: z.string().nullable(),
  revision,
  budgetUsd: z.number().nullable(),
  spentUsd: z.number().nullable(),
  usdPerVerdict: z.number().nullable().describe("Mean cost of a verdict; null: no prices, or none yet."),
  promptsPerRun: z.number().int().nullable(),
  pairsPerBoard: z.number().int(),
  concurrency: z.number().int(),
  verdicts: z.number().int(),
  withoutVerdict: z.array(
    z.object({
      reason: z.string(),
      count: z.number().int(),
      example: z.string().describe("What its endpoint said; its owner's to read, empty for others."),
    }),
  ),
  medianLatencyMs: z.number().nullable(),
  tasks: z.number().int(),
  finishedTasks: z.number().int(),
  total: z.number().int().describe("Samples and shown pairs of all its tasks."),
  done: z.number().int(),
  perMinute: z.number().nullable(),
  etaSeconds: z.number().nullable(),
  waitingUntil: z.string().nullable(),
});

export const judgeList = z.object({ judges: z.array(judgeView), rubrics: z.array(rubricView) });

/**
 * Rubrics with those of videos changed into the ones of the same kind by which videos are shown this way.
 * @param all there are to choose from
 */
export function shownVideosAs(
  as: VideosAs,
  ids: readonly string[],
  all: readonly Pick<JudgeList["rubrics"][number], "id" | "kind" | "sees">[],
): string[] {
  return ids.map((id) => {
    const rubric = all.find((each) => each.id === id);
    if (rubric === undefined || rubric.sees === "image") return id;
    return all.find(({ kind, sees }) => kind === rubric.kind && sees === as)?.id ?? id;
  });
}

/** The same as the API gives it: with what its codes mean in a sentence. */
export const judgeListResponse = judgeList.extend({
  judges: z.array(
    judgeView.extend({
      stateReason: z.string().nullable().describe("`pausedFor` in words."),
      demotedReason: z.string().nullable().describe("`demotedFor` in words."),
    }),
  ),
});

export type JudgeSubmission = z.output<typeof judgeSubmission>;
export type JudgeSubmissionInput = z.input<typeof judgeSubmission>;
export type JudgeTest = z.output<typeof judgeTest>;
export type JudgeTestResponse = z.output<typeof judgeTestResponse>;
export type JudgeChange = z.output<typeof judgeChange>;
export type JudgeListResponse = z.output<typeof judgeListResponse>;
export type JudgeAdmission = z.output<typeof judgeAdmission>;
export type JudgeView = z.output<typeof judgeView>;
export type JudgeList = z.output<typeof judgeList>;

/** A version of a prompt set's checklists, summed up. */
export type QuestionSetSummary = {
  id: string;
  promptSet: string;
  version: number;
  /** "grammar", "file", or a judge's name. */
  proposedBy: string;
  reviewedAt: string | null;
  reviewedBy: string | null;
  createdAt: string;
  prompts: number;
  proposed: number;
  problems: number;
  questions: number;
};

export type QuestionsView = {
  summary: QuestionSetSummary;
  page: number;
  pages: number;
  checklists: {
    index: number;
    prompt: string;
    questions: { id: number; text: string; parents: number[] }[];
    problem: string | null;
  }[];
};
