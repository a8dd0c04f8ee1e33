import { z } from "zod";
import { clipPair, outcome } from "@/lib/schemas/battles";
import { JUDGE_CONTENT, SAMPLE_MARKS } from "@/lib/schemas/sample-marks";

/** A board looked into: one prompt by all models, and the votes between two of them. /api/openapi.json is made from these. */

export const sampleMark = z.enum(SAMPLE_MARKS);

const MARK = [
  "failed: the endpoint answered the prompt with no sample.",
  "people-judge: of two samples of the prompt, counted votes on the two prefer one, and a judge's verdicts on them the other.",
  `judge-metric: a judge's score is at least ${JUDGE_CONTENT} and the grader finds something wrong, or below and it finds nothing.`,
].join(" ");

/** A text of a query; an empty one asks for nothing. */
const text = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((given) => given || undefined)
    .optional();
const only = sampleMark
  .or(z.literal(""))
  .transform((given) => given || undefined)
  .optional();

export const promptSearch = z.object({
  set: text(100),
  q: text(200),
  category: text(100),
  only,
  after: z.coerce.number().int().min(0).max(2_147_483_647).optional(),
});
export type PromptSearch = z.output<typeof promptSearch>;

export const promptAsked = z.object({ only, after: text(200) });

export const exploredPrompts = z.object({
  promptSet: z.string().describe("Slug of the one that is looked into: ask for another with set=."),
  promptSets: z.array(z.object({ slug: z.string(), name: z.string() })),
  categories: z.array(z.string()),
  prompts: z.array(z.object({ promptId: z.string(), text: z.string(), category: z.string() })),
  looked: z.number().int().describe("Prompts that this page looked at."),
  next: z
    .number()
    .int()
    .nullable()
    .describe(
      "Give it as `after` for the next page, which may have prompts though this one has none. null: this was the last.",
    ),
});
export type ExploredPrompts = z.output<typeof exploredPrompts>;

const side = z.object({ slug: z.string(), name: z.string() });

export const judgedSample = z.object({
  judge: z.string().describe("Its name."),
  rubric: z.string(),
  score: z.number().nullable().describe("0 to 1; null: no verdict."),
});

export const exploredSample = z.object({
  model: side,
  rank: z.number().int().nullable().describe("On the whole board; null: not rated yet."),
  image: z.string().nullable().describe("Address of the newest sample; null: there is none to show."),
  failure: z
    .enum(["refused", "invalid", "timeout", "transient", "rate_limited"])
    .nullable()
    .describe("Why the endpoint gave none; null: it did, or was not asked."),
  latencyMs: z.number().int().nullable(),
  grade: z
    .object({
      allCorrect: z.boolean(),
      wrong: z.array(z.string()).describe("What the newest grader finds wrong: objects, colours, count."),
    })
    .nullable()
    .describe("null: not graded."),
  judges: z.array(judgedSample),
  marks: z.array(sampleMark).describe(MARK),
});
export type ExploredSample = z.output<typeof exploredSample>;

export const exploredPrompt = z.object({
  prompt: z.object({ promptId: z.string(), text: z.string(), category: z.string() }),
  samples: z.array(exploredSample).describe("Of the board's models, ranked ones best first."),
  disputes: z
    .array(
      z.object({
        people: side.describe("Whose sample people prefer."),
        judges: side.describe("Whose the judge prefers."),
        judge: z.string().describe("Its name."),
        preference: z
          .number()
          .describe("How far the judge prefers it, 0.5 to 1, over the orders it was shown."),
        votes: z.object({ for: z.number().int(), against: z.number().int(), even: z.number().int() }),
      }),
    )
    .describe("Where people and a judge disagree on two samples; at most 20."),
  next: z.string().nullable().describe("Give it as `after` for the next models. null: these were the last."),
});
export type ExploredPrompt = z.output<typeof exploredPrompt>;

/** Of the last vote that was seen: when it was cast, and its id. */
export const pairCursor = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z_\w{1,60}$/, "must be `next` of a page");

export const pairVotesAsked = z.object({
  a: z.string().min(1).max(200),
  b: z.string().min(1).max(200),
  before: pairCursor.optional(),
});

/** Why a vote's images are not shown beside the models' names. */
export const WITHHELD = ["arena", "own-prompt", "imported", "gone"] as const;

export const pairVote = z.object({
  at: z.iso.datetime(),
  /** As the voter saw it. */
  leftIs: z.enum(["a", "b"]),
  outcome: outcome.describe("As the voter saw it."),
  prompt: z.string().nullable().describe("null: the voter's own, or not known (imported)."),
  category: z.string(),
  excluded: z.string().nullable().describe("Why the vote is left out of the ratings; null: it counts."),
  images: z.object({ a: z.string(), b: z.string() }).nullable(),
  clips: clipPair
    .nullable()
    .describe(
      "Of two videos: how a's (first) and b's (second) play in step; null: they are none, or hidden.",
    ),
  withheld: z
    .enum(WITHHELD)
    .nullable()
    .describe("Why there are no images: arena while the prompt is still voted on; null: there are."),
});
export type PairVote = z.output<typeof pairVote>;

export const pairVotes = z.object({
  a: side,
  b: side,
  counted: z
    .object({
      a: z.number().int(),
      b: z.number().int(),
      tie: z.number().int(),
      bothBad: z.number().int(),
    })
    .describe("Of all counted votes between the two."),
  votes: z.array(pairVote).describe("Newest first."),
  next: z.string().nullable().describe("Give it as `before` for the next page. null: this was the last."),
});
export type PairVotes = z.output<typeof pairVotes>;
