import { z } from "zod";
import { OVERALL } from "@/lib/schemas/criteria";
import { criterion } from "@/lib/schemas/criterion";
import { demotion } from "@/lib/schemas/judges/judge-report";
import { criterionNote } from "@/lib/schemas/fit-note";
import { boardMetricValue, boardMetricValueResponse, metricColumn } from "@/lib/schemas/metric-values";
import { tieModel } from "@/lib/schemas/tie-model";
import { stackFacts, submittedBy } from "@/lib/schemas/stack/stack-facts";

/** The boards' bodies. /api/openapi.json is made from these. */

const METRICS = "By name: fd-toybox, grader-alignment, contrastive-alignment, fid, fd-<encoder>.";

export const leaderboardRow = stackFacts.extend({
  model: z.string().describe("Slug."),
  modelId: z.string(),
  name: z.string(),
  creator: z.string(),
  submittedBy: submittedBy.describe("Who brought it in; nobody vouches for what a visitor says of a model."),
  rank: z.number().int().nullable().describe("null: not rated yet."),
  rankLow: z.number().int().nullable().describe("Best rank the votes cannot exclude."),
  rankHigh: z.number().int().nullable(),
  rating: z.number().nullable(),
  ratingLow: z.number().nullable(),
  ratingHigh: z.number().nullable(),
  withJudge: z
    .object({ rating: z.number(), low: z.number(), high: z.number() })
    .nullable()
    .describe("Rating by people and the asked judge, or else the first one that is measured; null: none."),
  elo: z.number().nullable().describe("Online Elo, for instant feedback; never the ranking."),
  votes: z.number().int(),
  provisional: z
    .boolean()
    .describe(
      "Whether it is rated by fewer votes than the board asks for before a rating counts as settled.",
    ),
  winRate: z.number().nullable().describe("Wins plus half of ties over games, 0 to 1."),
  pricePerImageUsd: z.number().nullable(),
  pricePerMegapixelUsd: z.number().nullable(),
  medianLatencyMs: z.number().nullable(),
  released: z.string().nullable().describe("ISO date."),
  openWeights: z.boolean().nullable(),
  licence: z
    .string()
    .nullable()
    .describe("Of the weights, as its submitter, the catalogue or the model card names it; null: not known."),
  parameters: z
    .number()
    .nullable()
    .describe(
      "Of the network, as its submitter, the catalogue or the model card counts them; null: not known.",
    ),
  metrics: z.record(z.string(), boardMetricValue).describe(METRICS),
  bestRun: z.string().nullable().describe("The run that latency and metrics are of."),
  files: z
    .enum(["clean", "look", "bad"])
    .nullable()
    .describe("What input forensics found in that run's files."),
});

/** Why there is no style-controlled fit. */
const styleMissing = z.discriminatedUnion("code", [
  z.object({ code: z.literal("no_votes") }),
  z.object({ code: z.literal("unmeasured"), images: z.number().int() }),
  z.object({ code: z.literal("too_few_votes"), votes: z.number().int(), needed: z.number().int() }),
  z.object({ code: z.literal("being_made") }),
]);

const EFFECTS = "What voters reward, strongest first, with 95% intervals. side: being on the left.";

const styleEffect = z.object({
  name: z.string(),
  points: z.number().describe("Rating points for one standard deviation of the difference."),
  low: z.number(),
  high: z.number(),
});

export const styleControl = z.object({
  fitted: z.boolean().describe("false: the rows are as voted, and `missing` says why."),
  missing: styleMissing.nullable().describe("null: it is fitted."),
  votes: z.number().int().describe("In the controlled fit: votes on two images that could be measured."),
  votesOfBoard: z.number().int(),
  effects: z.array(styleEffect).describe(EFFECTS),
  leftOut: z
    .array(z.object({ name: z.string(), reason: z.string() }))
    .describe("What these votes cannot tell apart."),
  moves: z
    .array(
      z.object({
        model: z.string(),
        name: z.string(),
        rank: z.number().int(),
        rating: z.number(),
        rankAsVoted: z.number().int(),
        ratingAsVoted: z.number(),
      }),
    )
    .describe("Each ranked model with and without control, from the same votes, ties as half wins."),
});

const standing = z.object({
  rank: z.number().int(),
  rating: z.number(),
  low: z.number(),
  high: z.number(),
});

/** Why there is no fit with a judge. */
const judgeMissing = z.discriminatedUnion("code", [
  z.object({ code: z.literal("no_votes") }),
  z.object({ code: z.literal("too_few_labelled"), labelled: z.number().int(), needed: z.number().int() }),
  z.object({ code: z.literal("being_made") }),
]);

export const withJudge = z.object({
  judge: z.object({
    slug: z.string(),
    name: z.string(),
    creator: z.string(),
    demotedFor: z.array(demotion).nullable().describe("The bars that it is beyond; null: none."),
  }),
  fitted: z.boolean().describe("false: the rows are by people's votes alone, and `missing` says why."),
  missing: judgeMissing.nullable().describe("null: it is fitted."),
  votes: z.number().int().describe("People's votes in the fit."),
  votesOfBoard: z.number().int(),
  lambda: z.number().nullable().describe("How far the judge is trusted, 0 to 1."),
  correlation: z.number().nullable().describe("Of people's and the judge's residuals on the same images."),
  effectiveVotes: z.number().nullable().describe("Votes that would narrow the intervals as much without it."),
  labelled: z.number().int().describe("Votes with a verdict beside them."),
  judgeOnly: z.number().int().describe("Verdicts on pairs that nobody voted on."),
  moves: z
    .array(standing.extend({ model: z.string(), name: z.string(), people: standing }))
    .describe("Each ranked model with the judge and by the same votes without it, ties as half wins."),
});

export const intervalsNote = z.object({
  clusteredBy: z
    .array(z.enum(["voter", "prompt"]))
    .describe("Labels whose votes are taken as going together."),
  clusters: z.array(
    z.object({
      label: z.enum(["voter", "prompt"]),
      clusters: z.number().int(),
      effective: z.number().describe("Clusters of equal size that would carry as much."),
    }),
  ),
});

const SNAPSHOT = "null: no vote has been counted yet.";
const WITH_JUDGE = "null unless asked for with judge=.";
const STYLE_CONTROL = "null unless asked for with style=controlled.";

const snapshot = z.object({
  id: z.string(),
  methodology: z.string(),
  inputsHash: z.string(),
  votes: z.number().int(),
  createdAt: z.string(),
  intervals: intervalsNote.describe("What the intervals allow for."),
});

export const leaderboard = z.object({
  board: z.object({
    slug: z.string(),
    name: z.string(),
    description: z.string(),
    isVideo: z.boolean().describe("Whether its models make videos."),
  }),
  category: z.string().nullable(),
  categories: z.array(z.string()),
  promptSets: z
    .array(z.object({ slug: z.string(), name: z.string() }))
    .describe("The board's prompt sets, the first one first. Votes are of all of them."),
  metricSet: z.string().describe("Slug of the one that the metrics are of: ask for another with prompts=."),
  snapshot: snapshot.nullable().describe(SNAPSHOT),
  apartVotes: z
    .number()
    .int()
    .describe(
      "Votes on visitors' own prompts that are in no rating but those of the category live; 0 where they count.",
    ),
  judges: z
    .array(z.object({ slug: z.string(), name: z.string() }))
    .describe("Judges of this board's pairs: ask for one with judge=."),
  withJudge: withJudge.nullable().describe(WITH_JUDGE),
  styleControl: styleControl.nullable().describe(STYLE_CONTROL),
  rows: z.array(leaderboardRow),
  metricColumns: z.record(z.string(), metricColumn).describe("What the values of each metric share."),
  ownColumns: z
    .array(
      z.object({
        name: z.string(),
        formula: z.string(),
        error: z
          .object({ position: z.number().int().describe("Characters from 0."), message: z.string() })
          .nullable(),
        values: z.record(z.string(), z.number().nullable()).describe("By model; null: a number is missing."),
      }),
    )
    .describe("The columns asked for with own=, computed."),
  numbers: z.array(z.string()).describe("The names that a formula may use."),
});

/** A board as the API gives it: with what its codes and numbers mean in English sentences. */
export const leaderboardResponse = leaderboard.extend({
  rows: z.array(
    leaderboardRow.extend({ metrics: z.record(z.string(), boardMetricValueResponse).describe(METRICS) }),
  ),
  snapshot: snapshot
    .extend({ intervals: intervalsNote.extend({ text: z.string().describe("The same in words.") }) })
    .nullable()
    .describe(SNAPSHOT),
  withJudge: withJudge
    .extend({
      judge: withJudge.shape.judge.extend({
        demotedReason: z.string().nullable().describe("`demotedFor` in words."),
      }),
      text: z.string().describe("What the judge is worth here, or why it cannot be said."),
    })
    .nullable()
    .describe(WITH_JUDGE),
  styleControl: styleControl
    .extend({
      effects: z.array(styleEffect.extend({ unit: z.string() })).describe(EFFECTS),
      reason: z.string().nullable().describe("`missing` in words."),
    })
    .nullable()
    .describe(STYLE_CONTROL),
});

export const weightedBoard = z.object({
  board: z.string().describe("Slug."),
  category: z.string().nullable(),
  criteria: z.array(
    z.object({
      criterion: z.union([z.literal(OVERALL), criterion]),
      votes: z.number().int().describe("How many votes answered it."),
      weight: z.number().describe("Share of all weights, 0 to 1."),
    }),
  ),
  ties: tieModel.describe("How ties are read: as on the board."),
  snapshot: z.object({ id: z.string(), inputsHash: z.string(), createdAt: z.string() }).nullable(),
  rows: z.array(
    z.object({
      model: z.string().describe("Slug."),
      name: z.string(),
      rank: z.number().int(),
      rankLow: z.number().int(),
      rankHigh: z.number().int(),
      rating: z.number(),
      ratingLow: z.number(),
      ratingHigh: z.number(),
    }),
  ),
  unrated: z
    .array(z.object({ model: z.string(), name: z.string() }))
    .describe("Models without a vote on some criterion that has weight."),
  notes: z.array(criterionNote),
});

/** The same as the API gives it: with its remarks in words. */
export const weightedBoardResponse = weightedBoard.extend({
  notes: z.array(z.string()),
  /** The same as codes. */
  remarks: z.array(criterionNote),
});

export type LeaderboardRow = z.output<typeof leaderboardRow>;
/** Of a row: who it is of, and where the votes rank it. */
export type RankedModel = Pick<
  LeaderboardRow,
  | ("model" | "modelId" | "name" | "creator" | "submittedBy" | "votes" | "provisional")
  | ("rank" | "rankLow" | "rankHigh" | "rating" | "ratingLow" | "ratingHigh")
>;
/** A ranked model with what decides whether it is worth its cost. */
export type PricedModel = RankedModel &
  Pick<LeaderboardRow, "pricePerImageUsd" | "medianLatencyMs" | "openWeights">;
export type StyleControl = z.output<typeof styleControl>;
export type WithJudge = z.output<typeof withJudge>;
export type IntervalsNote = z.output<typeof intervalsNote>;
export type Leaderboard = z.output<typeof leaderboard>;
export type LeaderboardResponse = z.output<typeof leaderboardResponse>;
export type WeightedBoard = z.output<typeof weightedBoard>;
export type WeightedBoardResponse = z.output<typeof weightedBoardResponse>;
