import { z } from "zod";
import { submittedBy } from "@/lib/schemas/stack/stack-facts";
import type { Criterion } from "@/lib/schemas/criteria";
import { criterion } from "@/lib/schemas/criterion";

/** The arena's bodies: battles and votes. /api/openapi.json is made from these. */

/** What voters are asked of a pair unless the board asks something of its own. */
export const DEFAULT_QUESTION = "Which one follows the prompt better and looks better?";

export const battleRequest = z
  .object({
    board: z.string().max(100).describe("Slug of the board, such as text-to-image."),
    prompt: z
      .string()
      .trim()
      .min(1)
      .max(1000)
      .optional()
      .describe("A prompt of your own: two models generate for it while you wait (a live battle)."),
  })
  .strict();

export const battleSide = z.object({
  url: z.string().describe("The sample's image. Says nothing of its model."),
});

export const outcome = z.enum(["left", "right", "tie", "both_bad"]);

/** By criterion; a criterion nobody spoke of is absent. */
export const criteriaOutcomes = z
  .object({
    aesthetics: outcome.optional(),
    prompt_following: outcome.optional(),
    motion: outcome.optional(),
    consistency: outcome.optional(),
  } satisfies Record<Criterion, unknown>)
  .strict();

/** How the frames of a video battle are shown: both sides by one clock. */
export const clip = z.object({
  frames: z.number().int().positive().describe("Of each side."),
  columns: z
    .number()
    .int()
    .positive()
    .describe(
      "Frames side by side in a side's image, row by row from the top left; the last row may be shorter.",
    ),
  rate: z.number().positive().describe("Frames a second."),
});
export type Clip = z.output<typeof clip>;

/** Two videos that are shown side by side, by name: the images that hold their frames. */
export const clipPair = clip.extend({
  first: z.string().describe("Address of the image with the first one's frames."),
  second: z.string(),
});
export type ClipPair = z.output<typeof clipPair>;

export const battleView = z.object({
  battleId: z.string(),
  token: z.string().describe("Proof that this battle was handed to you; a vote needs it."),
  prompt: z.string(),
  category: z.string(),
  sources: z
    .array(z.string())
    .describe("Addresses of the images that the two models were to edit or animate; none for a text alone."),
  state: z.enum(["generating", "ready", "failed"]),
  left: battleSide.nullable().describe("null while the sample is being generated."),
  right: battleSide.nullable(),
  size: z
    .object({ width: z.number().int(), height: z.number().int() })
    .describe("Of both images, in pixels: the board's, whatever size the samples have."),
  clip: clip
    .nullable()
    .describe("Of videos: each side's image holds its frames, as many of each; null: the sides are images."),
  question: z.string().nullable().describe("What the board asks of the pair; null: which is better overall."),
  criteria: z.array(criterion).describe("What the vote may also say, besides which is better overall."),
});

/** The same as the API gives it: with what a failed one means in words. */
export const battleResponse = battleView.extend({ failureReason: z.string().nullable() });

export const voteRequest = z
  .object({
    battleId: z.string().max(60),
    token: z.string().max(500),
    outcome: outcome.describe("Which is better overall."),
    criteria: criteriaOutcomes
      .optional()
      .describe(
        "Which is better by single criteria that the battle lists; any may be left out. They are taken with the vote alone, because its answer says who made the images.",
      ),
  })
  .strict();

export const revealedSide = z.object({
  model: z.string().describe("Slug."),
  name: z.string(),
  creator: z.string(),
  paradigm: z.string().nullable(),
  architecture: z.string().nullable(),
  representation: z.string().nullable(),
  textConditioning: z.string().nullable(),
  submittedBy: submittedBy.describe("What a visitor submitted is named by the visitor."),
  eloBefore: z.number(),
  eloAfter: z.number(),
});

export const voteResponse = z.object({
  voteId: z.string(),
  outcome,
  criteria: criteriaOutcomes.describe("What the vote also said, as it is stored."),
  counted: z
    .boolean()
    .describe("false: the vote is kept, and waits; a new voter's may on some boards, and a suspected one's."),
  apart: z
    .boolean()
    .describe("true: the prompt was the voter's own, and the board counts such votes apart. No Elo moves."),
  expected: z.number().describe("Elo's expected score of the left side before the vote, 0 to 1."),
  left: revealedSide,
  right: revealedSide,
});

export type BattleRequest = z.output<typeof battleRequest>;
export type Outcome = z.output<typeof outcome>;
export type CriteriaOutcomes = z.output<typeof criteriaOutcomes>;
export type BattleView = z.output<typeof battleView>;
export type BattleResponse = z.output<typeof battleResponse>;
export type VoteRequest = z.output<typeof voteRequest>;
export type RevealedSide = z.output<typeof revealedSide>;
export type VoteResponse = z.output<typeof voteResponse>;
