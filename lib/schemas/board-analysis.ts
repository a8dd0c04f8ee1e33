import { z } from "zod";
import { storedNote } from "@/lib/schemas/fit-note";
import { tieModel } from "@/lib/schemas/tie-model";

/** What a board's votes say beyond their ranking. Models are ids where it is stored, and slugs in the API. */

export const methodName = z.enum([
  "half",
  "davidson",
  "four",
  "overlap",
  "holm",
  "max-t",
  "independent",
  "reweighted",
  "win rate",
  "elo",
]);

export const comparedPair = z.object({
  a: z.string(),
  b: z.string(),
  wins: z.number().int().describe("Of a."),
  losses: z.number().int(),
  ties: z.number().int(),
  bothBad: z.number().int(),
  games: z.number().int(),
  observed: z
    .number()
    .nullable()
    .describe("a's wins and half its ties, over games; null where the two never met."),
  predicted: z.number().describe("a's expected share by the board's fit, ties counting half."),
  predictedLow: z.number().describe("Its 95% interval."),
  predictedHigh: z.number(),
  separated: z.boolean().describe("Told apart at 95%."),
  directVotes: z
    .number()
    .int()
    .nullable()
    .describe("About how many more votes on this pair would tell them apart; null: they seem equal."),
  boardVotes: z.number().int().nullable().describe("The same for votes on the whole board, spread as now."),
});

export const rankedMethod = z.object({
  name: methodName,
  own: z.boolean().describe("The board's own."),
  independent: z.boolean().describe("Every vote taken as independent, though the board's fit does not."),
  ranks: z.array(
    z.object({
      model: z.string(),
      rank: z.number().int().nullable(),
      low: z.number().int().nullable(),
      high: z.number().int().nullable(),
      rating: z.number(),
    }),
  ),
});

export const firstPlace = z.object({
  votes: z.number().int(),
  share: z.number().describe("Of all votes."),
  first: z.string(),
  successor: z.string(),
});

const power = comparedPair.pick({ a: true, b: true, separated: true, directVotes: true, boardVotes: true });

const tieLoss = z.object({
  ties: tieModel,
  logLoss: z.number(),
  se: z.number(),
  excess: z.number(),
  excessSe: z.number(),
});

export const boardAnalysis = z.object({
  snapshot: z
    .object({ id: z.string(), votes: z.number().int(), createdAt: z.string() })
    .nullable()
    .describe("The ranking that all of this speaks of; null: none has been analysed yet."),
  models: z.array(z.object({ slug: z.string(), name: z.string() })).describe("Ranked models, best first."),
  pairs: z
    .array(comparedPair)
    .describe(
      "Ordered pairs of them: all of the first 100, and of the others each with the first and with its neighbours in rank.",
    ),
  methods: z
    .array(rankedMethod)
    .describe("The same votes ranked by other methods, the board's own first; online Elo as it stands now."),
  fragility: firstPlace
    .nullable()
    .describe(
      "The fewest votes found whose removal takes first place away; null: no removal of up to half of them does.",
    ),
  power: z
    .array(power)
    .describe("For each two neighbours in rank: about how many more votes would tell them apart."),
  exclusions: z
    .array(z.object({ reason: z.string(), votes: z.number().int() }))
    .describe("Votes left out of the ranking, by reason."),
  ties: z
    .object({ used: tieModel, votes: z.number().int(), losses: z.array(tieLoss) })
    .nullable()
    .describe(
      "The models of ties by what they lose on votes they have not seen (nats a vote), the simplest first, and the one the board uses; null: not chosen yet.",
    ),
  notes: z.array(storedNote).describe("The fit's own remarks."),
});

/** The analysis as the API gives it: with its codes and numbers in words too. */
export const boardAnalysisResponse = boardAnalysis.extend({
  methods: z.array(rankedMethod.extend({ label: z.string() })),
  fragility: firstPlace.extend({ text: z.string() }).nullable(),
  power: z.array(power.extend({ text: z.string() })),
  notes: z.array(z.string()).describe("The fit's own remarks: disconnected, separated."),
});

export type MethodName = z.output<typeof methodName>;
export type BoardAnalysis = z.output<typeof boardAnalysis>;
export type BoardAnalysisResponse = z.output<typeof boardAnalysisResponse>;
