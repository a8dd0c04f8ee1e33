import { z } from "zod";
import { criterion, OVERALL, type Criterion } from "@/lib/schemas/criteria";

/** The public HTTP API's bodies. /api/openapi.json is made from these. */

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
  } satisfies Record<Criterion, unknown>)
  .strict();

export const battleResponse = z.object({
  battleId: z.string(),
  token: z.string().describe("Proof that this battle was handed to you; a vote needs it."),
  prompt: z.string(),
  category: z.string(),
  state: z.enum(["generating", "ready", "failed"]),
  failureReason: z.string().nullable(),
  left: battleSide.nullable().describe("null while the sample is being generated."),
  right: battleSide.nullable(),
  criteria: z.array(criterion).describe("What the vote may also say, besides which is better overall."),
});

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
  eloBefore: z.number(),
  eloAfter: z.number(),
});

export const voteResponse = z.object({
  voteId: z.string(),
  outcome,
  criteria: criteriaOutcomes.describe("What the vote also said, as it is stored."),
  expected: z.number().describe("Elo's expected score of the left side before the vote, 0 to 1."),
  left: revealedSide,
  right: revealedSide,
});

export const stackFacts = z.object({
  paradigm: z.string().nullable(),
  architecture: z.string().nullable(),
  representation: z.string().nullable(),
  textConditioning: z.string().nullable(),
});

export const metricValue = z.object({
  value: z.number(),
  low: z.number().nullable(),
  high: z.number().nullable(),
  n: z.number().int(),
  protocol: z.string().describe("Protocol hash: only values with one hash may be compared."),
  caveat: z.string().nullable(),
});

export const boardMetricValue = metricValue.extend({
  comparable: z
    .boolean()
    .describe("Whether it is of its column's protocol; if not, it is compared with nothing on this board."),
  commonPrompts: z
    .boolean()
    .describe("Whether it is limited to the prompts that the board's models have all answered."),
});

export const protocolDifference = z.object({ field: z.string(), first: z.string(), second: z.string() });

export const metricColumn = z.object({
  protocol: z.string().describe("Protocol hash of the values that are compared."),
  encoder: z.string(),
  preprocessing: z.string(),
  reference: z.string(),
  n: z.number().int().describe("Samples behind every value that is compared."),
  commonPrompts: z.boolean(),
  models: z.number().int().describe("Models that have a value."),
  comparable: z.number().int().describe("Of them, those of this protocol."),
  differences: z
    .array(protocolDifference)
    .describe("In what the first value of another protocol differs; empty when there is none."),
  elsewhere: z
    .array(
      z.object({
        board: z.object({ slug: z.string(), name: z.string() }),
        differences: z.array(protocolDifference),
      }),
    )
    .describe("Other boards whose column of the same name is of another protocol."),
});

export const leaderboardRow = stackFacts.extend({
  model: z.string().describe("Slug."),
  modelId: z.string(),
  name: z.string(),
  creator: z.string(),
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
  winRate: z.number().nullable().describe("Wins plus half of ties over games, 0 to 1."),
  pricePerImageUsd: z.number().nullable(),
  pricePerMegapixelUsd: z.number().nullable(),
  medianLatencyMs: z.number().nullable(),
  released: z.string().nullable().describe("ISO date."),
  openWeights: z.boolean().nullable(),
  metrics: z
    .record(z.string(), boardMetricValue)
    .describe("By name: fd-toybox, grader-alignment, contrastive-alignment, fid, fd-<encoder>."),
  bestRun: z.string().nullable().describe("The run that latency and metrics are of."),
  files: z
    .enum(["clean", "look", "bad"])
    .nullable()
    .describe("What input forensics found in that run's files."),
});

export const styleControl = z.object({
  fitted: z.boolean().describe("false: the rows are as voted, and `reason` says why."),
  reason: z.string().nullable(),
  votes: z.number().int().describe("In the controlled fit: votes on two pictures that could be measured."),
  votesOfBoard: z.number().int(),
  effects: z
    .array(
      z.object({
        name: z.string(),
        unit: z.string(),
        points: z.number().describe("Rating points for one standard deviation of the difference."),
        low: z.number(),
        high: z.number(),
      }),
    )
    .describe("What voters reward, strongest first, with 95% intervals. side: being on the left."),
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

export const withJudge = z.object({
  judge: z.object({
    slug: z.string(),
    name: z.string(),
    creator: z.string(),
    demotedReason: z.string().nullable().describe("Why its report card is below the bar; null: it is not."),
  }),
  fitted: z.boolean().describe("false: the rows are by people's votes alone, and `text` says why."),
  text: z.string().describe("What the judge is worth here, or why it cannot be said."),
  votes: z.number().int().describe("People's votes in the fit."),
  votesOfBoard: z.number().int(),
  lambda: z.number().nullable().describe("How far the judge is trusted, 0 to 1."),
  correlation: z.number().nullable().describe("Of people's and the judge's residuals on the same pictures."),
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
  text: z.string().describe("The same in words."),
});

export const leaderboardResponse = z.object({
  board: z.object({ slug: z.string(), name: z.string(), description: z.string() }),
  category: z.string().nullable(),
  categories: z.array(z.string()),
  snapshot: z
    .object({
      id: z.string(),
      methodology: z.string(),
      inputsHash: z.string(),
      votes: z.number().int(),
      createdAt: z.string(),
      intervals: intervalsNote.describe("What the intervals allow for."),
    })
    .nullable()
    .describe("null: no vote has been counted yet."),
  judges: z
    .array(z.object({ slug: z.string(), name: z.string() }))
    .describe("Judges of this board's pairs: ask for one with judge=."),
  withJudge: withJudge.nullable().describe("null unless asked for with judge=."),
  styleControl: styleControl.nullable().describe("null unless asked for with style=controlled."),
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

export const weightedBoardResponse = z.object({
  board: z.string().describe("Slug."),
  category: z.string().nullable(),
  criteria: z.array(
    z.object({
      criterion: z.union([z.literal(OVERALL), criterion]),
      votes: z.number().int().describe("How many votes answered it."),
      weight: z.number().describe("Share of all weights, 0 to 1."),
    }),
  ),
  ties: z.enum(["half", "davidson", "four"]).describe("How ties are read: as on the board."),
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
  notes: z.array(z.string()),
});

export const submission = z
  .object({
    name: z.string().trim().min(1).max(80),
    creator: z.string().trim().min(1).max(80),
    endpointUrl: z
      .url({ protocol: /^https?$/, error: "must be an http or https address" })
      .max(500)
      .describe("Base of an OpenAI-compatible API, such as https://host/v1."),
    apiKey: z
      .string()
      .min(1)
      .max(500)
      .optional()
      .describe("Sent as Authorization: Bearer. Stored sealed, shown never."),
    providerModel: z.string().trim().min(1).max(200).describe("The name the endpoint knows the model by."),
    pricePerImageUsd: z.number().min(0).max(1000).nullish(),
    openWeights: z.boolean().nullish(),
    releasedAt: z.iso.date().nullish(),
    paradigm: z.string().trim().max(80).nullish(),
    architecture: z.string().trim().max(80).nullish(),
    representation: z.string().trim().max(80).nullish(),
    textConditioning: z.string().trim().max(80).nullish(),
    imageSize: z
      .string()
      .regex(/^\d{2,4}x\d{2,4}$/, "must look like 1024x1024")
      .default("64x64"),
    concurrency: z.number().int().min(1).max(16).default(2),
    board: z.string().max(100).default("text-to-image"),
    promptCount: z
      .number()
      .int()
      .min(1)
      .max(10_000)
      .optional()
      .describe("Run over the first so many prompts of the board's set; all of them unless told."),
    listed: z
      .boolean()
      .default(true)
      .describe("Whether the model joins arena and leaderboard once it is scored."),
  })
  .strict();

export const submissionResponse = z.object({ modelId: z.string(), model: z.string(), runId: z.string() });

export const connectionTest = submission.pick({
  endpointUrl: true,
  apiKey: true,
  providerModel: true,
  imageSize: true,
});

export const connectionTestResponse = z.object({
  ok: z.boolean(),
  outcome: z.enum(["ok", "refused", "rate_limited", "invalid", "timeout", "transient"]),
  message: z.string().describe("What happened, and what to change when it is not ok."),
  latencyMs: z.number().nullable(),
  width: z.number().nullable(),
  height: z.number().nullable(),
  prompt: z.string(),
  imageDataUrl: z.string().nullable().describe("The sample, re-encoded."),
});

export const runState = z.enum([
  "QUEUED",
  "GENERATING",
  "EXTRACTING",
  "SCORING",
  "PUBLISHED",
  "FAILED",
  "CANCELLED",
]);

export const runResponse = z.object({
  runId: z.string(),
  state: runState,
  failureReason: z.string().nullable(),
  weights: z.string().nullable().describe("sha256 of the bundled weights that drew it; null: unknown."),
  supersededAt: z
    .string()
    .nullable()
    .describe("When other weights took the model's name: the run no longer speaks for the model."),
  model: stackFacts.extend({ slug: z.string(), name: z.string(), creator: z.string(), listed: z.boolean() }),
  promptSet: z.string(),
  total: z.number().int(),
  generated: z.number().int(),
  failed: z.number().int(),
  embedded: z.number().int(),
  samplesPerMinute: z.number().nullable().describe("Over the last minute of generating."),
  etaSeconds: z.number().nullable(),
  medianLatencyMs: z.number().nullable(),
  costUsd: z.number().nullable(),
  createdAt: z.string(),
  startedAt: z.string().nullable(),
  finishedAt: z.string().nullable(),
  recentSamples: z.array(
    z.object({ sampleId: z.string(), url: z.string(), prompt: z.string(), category: z.string() }),
  ),
  failures: z.array(
    z.object({ prompt: z.string(), code: z.string(), message: z.string(), attempts: z.number().int() }),
  ),
  metrics: z.record(z.string(), metricValue),
  judging: z
    .array(
      z.object({
        judge: z.string().describe("Slug."),
        name: z.string(),
        rubric: z.string(),
        questionSetVersion: z.number().int().describe("0: the rubric asks no checklist."),
        total: z.number().int(),
        done: z.number().int().describe("Settled, with a verdict or without."),
        verdicts: z.number().int(),
        perMinute: z.number().nullable(),
        etaSeconds: z.number().nullable(),
        finished: z.boolean(),
        stopped: z.string().nullable().describe("Why it does not go on; null: it does, or has ended."),
        waitingUntil: z.string().nullable().describe("When a rate limit lets it go on."),
      }),
    )
    .describe("What judges have been given of it, after it was published."),
  unscored: z
    .array(z.string())
    .describe(
      "Distances that this site takes now and that this published run has no score of, by label: a new encoder, or another reference set.",
    ),
  canControl: z.boolean().describe("Whether you may cancel and resume it: its submitter may."),
});

export const errorResponse = z.object({
  error: z.object({ code: z.string(), message: z.string(), field: z.string().nullable() }),
});

export type BattleRequest = z.output<typeof battleRequest>;
export type BattleResponse = z.output<typeof battleResponse>;
export type Outcome = z.output<typeof outcome>;
export type VoteRequest = z.output<typeof voteRequest>;
export type VoteResponse = z.output<typeof voteResponse>;
export type RevealedSide = z.output<typeof revealedSide>;
export type MetricValue = z.output<typeof metricValue>;
export type BoardMetricValue = z.output<typeof boardMetricValue>;
export type MetricColumnView = z.output<typeof metricColumn>;
export type LeaderboardRow = z.output<typeof leaderboardRow>;
export type WithJudge = z.output<typeof withJudge>;
export type StyleControl = z.output<typeof styleControl>;
export type IntervalsNote = z.output<typeof intervalsNote>;
export type LeaderboardResponse = z.output<typeof leaderboardResponse>;
export type CriteriaOutcomes = z.output<typeof criteriaOutcomes>;
export type WeightedBoardResponse = z.output<typeof weightedBoardResponse>;
export type Submission = z.output<typeof submission>;
export type SubmissionInput = z.input<typeof submission>;
export type SubmissionResponse = z.output<typeof submissionResponse>;
export type ConnectionTest = z.output<typeof connectionTest>;
export type ConnectionTestResponse = z.output<typeof connectionTestResponse>;
export type RunState = z.output<typeof runState>;
export type RunResponse = z.output<typeof runResponse>;
