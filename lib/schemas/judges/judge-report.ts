import { z } from "zod";

/** A share or coefficient with its 95% interval, and how many it is of. */
const figure = z.object({ value: z.number(), low: z.number(), high: z.number(), n: z.number() });

/** What a judge must keep to. */
const judgeMeasure = z.enum(["accuracy", "orderFlips", "failures", "defectsSeen", "instructionsWin"]);

/** Why a judge stands where it does: the bar it is beyond, or what is not measured yet. Those of earlier releases are sentences. */
const standingReason = z.union([
  z.string(),
  z.object({ code: z.literal("unmeasured"), measures: z.array(judgeMeasure) }),
  figure.extend({ code: z.enum(["below", "above"]), measure: judgeMeasure, bar: z.number() }),
]);

/** What a judge has been found to be worth on one board. null: not measured (yet), or too little to say. */
export const judgeReport = z.object({
  board: z.object({ slug: z.string(), name: z.string() }),
  rubric: z.string(),
  standing: z.object({
    standing: z.enum(["in good standing", "unproven", "demoted"]),
    reasons: z.array(standingReason),
  }),
  /** Of decided votes, ties of both left out. */
  accuracy: figure.nullable(),
  kappa: figure.nullable(),
  /** Kendall's tau of its ranking of the models with people's; n models. */
  tau: figure.nullable(),
  orderFlips: figure.nullable(),
  /** Wins of the first place among its decided single verdicts: 50% where place does not matter. */
  firstPlace: figure.nullable(),
  failures: figure.nullable(),
  refusals: figure.nullable(),
  costPerVerdictUsd: figure.nullable(),
  medianLatencyMs: z.number().nullable(),
  defectsSeen: figure.nullable(),
  byDefect: z.array(z.object({ defect: z.string(), meaning: z.string(), seen: figure.nullable() })),
  instructionsWin: figure.nullable(),
  /** Points of rating for one standard deviation: its coefficient, people's on the same pairs, and the difference. */
  style: z
    .array(
      z.object({
        name: z.string(),
        judge: z.number(),
        people: z.number(),
        difference: figure,
      }),
    )
    .nullable(),
  /** What its verdicts add to people's votes. */
  worth: z
    .object({
      votes: z.number(),
      judgeOnly: z.number(),
      lambda: z.number(),
      effectiveVotes: z.number(),
      correlation: z.number(),
    })
    .nullable(),
});

/** A board on which a judge fell below a bar, by name, and why. */
export const demotion = z.object({ board: z.string(), reason: standingReason });

export type JudgeMeasure = z.output<typeof judgeMeasure>;
export type StandingReason = z.output<typeof standingReason>;
export type Demotion = z.output<typeof demotion>;
export type JudgeReport = z.output<typeof judgeReport>;

/** A judge's page. */
export type JudgeReportView = {
  name: string;
  slug: string;
  creator: string;
  /** What it is called at its endpoint; null: not for who asks. */
  providerModel: string | null;
  bundled: boolean;
  /** null: it is not. */
  demotedFor: Demotion[] | null;
  /** null: not graded yet. */
  gradedAt: string | null;
  reports: JudgeReport[];
};

/** Ranks by judges' verdicts alone, all judges or without those of one creator. */
export type VendorRanksView = {
  models: { slug: string; name: string }[];
  cuts: {
    /** null: all judges. */
    without: string | null;
    judges: number;
    verdicts: number;
    ranks: { model: string; rank: number; low: number; high: number }[];
  }[];
};
