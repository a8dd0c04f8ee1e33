import { z } from "zod";
import { tieModel } from "@/lib/schemas/tie-model";
import type { Criterion } from "@/lib/schemas/criteria";

/**
 * A vote log's words for who won, in the LMArena layout and in the left/right one, and Salon's outcome for each. Case, spaces,
 * underscores and brackets do not matter: "Model A", "TIE" and "tie (bothbad)" are read too.
 */
export const WINNER_WORDS = {
  model_a: "a",
  model_b: "b",
  left: "a",
  right: "b",
  a: "a",
  b: "b",
  tie: "tie",
  "tie (bothbad)": "both_bad",
  bothbad: "both_bad",
  both_bad: "both_bad",
} as const;

/** Winners as LMArena's 55k release writes them: three columns, of which one holds 1. */
export const WINNER_COLUMNS = {
  winner_model_a: "a",
  winner_model_b: "b",
  winner_tie: "tie",
} as const;

/** Why votes that were cast with the models' names in sight are left out. */
export const NAMES_SHOWN = "names shown";

/** Column names a log may use for each field, first the one Salon writes. */
export const VOTE_LOG_COLUMNS = {
  a: ["model_a", "left", "model_left", "left_model"],
  b: ["model_b", "right", "model_right", "right_model"],
  winner: ["winner", "outcome"],
  voter: ["judge", "voter", "voter_id", "evaluation_session_id"],
  time: ["tstamp", "timestamp"],
  prompt: ["prompt", "prompt_id", "question_id"],
  category: ["category"],
  excluded: ["excluded"],
  blind: ["anony", "anonymous"],
  slugA: ["slug_a"],
  slugB: ["slug_b"],
  aesthetics: ["winner_aesthetics"],
  prompt_following: ["winner_prompt_following"],
  motion: ["winner_motion"],
  consistency: ["winner_consistency"],
} as const satisfies Record<string, readonly string[]> & Record<Criterion, readonly string[]>;

const winner = z.enum(["model_a", "model_b", "tie", "both_bad"]);

export type VoteLogField = keyof typeof VOTE_LOG_COLUMNS;

/** One line of an exported vote log: CSV column or JSON key, in this order. */
export const voteLogRow = z.object({
  /** The models' names; where two models share one, with the slug in brackets. */
  model_a: z.string().min(1),
  model_b: z.string().min(1),
  winner,
  /** Pseudonym of the voter. */
  judge: z.string().optional(),
  /** Seconds since 1970. */
  tstamp: z.number().optional(),
  prompt: z.string().optional(),
  category: z.string().optional(),
  /** Why the vote is left out of every rating; absent: it counts. */
  excluded: z.string().optional(),
  winner_aesthetics: winner.optional(),
  winner_prompt_following: winner.optional(),
  winner_motion: winner.optional(),
  winner_consistency: winner.optional(),
  slug_a: z.string().optional(),
  slug_b: z.string().optional(),
  /** Which of the two images is not shown any more, or is blurred; absent: neither. The vote stands. */
  images_gone: z.enum(["model_a", "model_b", "both"]).optional(),
  /** Given to operators only. */
  vote_id: z.string().optional(),
});
export type VoteLogRow = z.infer<typeof voteLogRow>;

/** What `salon rate --json` prints. */
export const rateReport = z.object({
  votes: z.number().int(),
  models: z.array(
    z.object({
      model: z.string(),
      rating: z.number(),
      se: z.number(),
      low: z.number(),
      high: z.number(),
      rank: z.number().int().nullable(),
      rankLow: z.number().int().nullable(),
      rankHigh: z.number().int().nullable(),
      overlapLow: z.number().int().nullable(),
      overlapHigh: z.number().int().nullable(),
      wins: z.number(),
      losses: z.number(),
      ties: z.number(),
      bothBad: z.number(),
      games: z.number(),
      bootstrap: z
        .object({ low: z.number(), high: z.number(), bcaLow: z.number(), bcaHigh: z.number() })
        .optional(),
    }),
  ),
  method: z.object({
    methodology: z.string(),
    inputsHash: z.string(),
    ties: tieModel,
    /** Votes of the log that are marked as left out, by reason. */
    exclusions: z.array(z.object({ reason: z.string(), votes: z.number().int() })),
    /** Held-out log-loss of each model of ties, in nats a vote; present when it chose `ties`. */
    heldOut: z
      .array(
        z.object({
          ties: tieModel,
          logLoss: z.number(),
          se: z.number(),
          excess: z.number(),
          excessSe: z.number(),
        }),
      )
      .optional(),
    cluster: z.array(z.enum(["voter", "prompt"])),
    alpha: z.number(),
    rank: z.enum(["pairwise", "holm", "max-t", "overlap"]),
    reweight: z.boolean(),
    anchor: z.object({ model: z.string(), rating: z.number() }).nullable(),
    bootstrap: z.number().int(),
    seed: z.number().int(),
    degreesOfFreedom: z
      .number()
      .nullable()
      .describe("Of the clustered intervals (Student's t); null: votes are taken as independent."),
    gradientNorm: z.number(),
    iterations: z.number().int(),
    connected: z.boolean(),
    separated: z.boolean(),
    notes: z.array(z.string()),
  }),
});
export type RateReport = z.infer<typeof rateReport>;
