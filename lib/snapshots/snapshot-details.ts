import { z } from "zod";
import { storedNote } from "@/lib/schemas/fit-note";
import { tieModel } from "@/lib/schemas/tie-model";

/** What the models of ties lost on held-out votes, and which one the board therefore uses (held-out-log-loss.ts). */
export const tieChoice = z.object({
  best: tieModel,
  /** Of the whole board, when it was chosen. */
  votes: z.number(),
  losses: z.array(
    z.object({
      ties: tieModel,
      /** Mean of -ln P(outcome), nats; with its standard error. */
      logLoss: z.number(),
      se: z.number(),
      /** Above the lowest loss, and the standard error of that difference. */
      excess: z.number(),
      excessSe: z.number(),
    }),
  ),
});

/** How votes that go together widen the intervals. */
export const dependenceSummary = z.object({
  /** Votes it was measured on; later ones enter as independent until it is measured again. */
  votes: z.number(),
  clusters: z.array(
    z.object({
      label: z.enum(["voter", "prompt"]),
      clusters: z.number(),
      effective: z.number(),
      used: z.boolean(),
    }),
  ),
  factor: z.number(),
});

/** What style control found beside the board: StyleEffects of lib/ratings/style-snapshot.ts. */
export const styleEffects = z.object({
  /** How the images were measured. */
  measureId: z.string(),
  /** At most the newest so many votes. */
  limit: z.number(),
  coefficients: z.array(
    z.object({
      name: z.string(),
      value: z.number(),
      se: z.number(),
      low: z.number(),
      high: z.number(),
      standardised: z.number(),
      deviation: z.number(),
    }),
  ),
  leftOut: z.array(
    z.object({
      name: z.string(),
      reason: z.enum(["never differs", "goes with the model", "goes with the others"]),
    }),
  ),
  votesWithoutStyle: z.number(),
  baseline: z.array(z.object({ model: z.string(), rating: z.number(), rank: z.number().nullable() })),
});

/** What a judge's verdicts added: JudgeWorth of lib/ratings/judge-snapshot.ts, and which verdicts they were. */
export const judgeWorth = z.object({
  judgeId: z.string(),
  rubric: z.string(),
  /** Verdicts of this judge and rubric when it was made, on all boards. */
  verdicts: z.number(),
  /** ISO time: verdicts written before it. */
  before: z.string(),
  /** At most the newest so many votes. */
  limit: z.number(),
  lambda: z.number(),
  correlation: z.number(),
  effectiveVotes: z.number(),
  labelled: z.number(),
  judgeOnly: z.number(),
  clusters: dependenceSummary.shape.clusters,
  baseline: z.array(
    z.object({
      model: z.string(),
      rating: z.number(),
      low: z.number(),
      high: z.number(),
      rank: z.number().nullable(),
    }),
  ),
});

/** Whether votes on visitors' own prompts entered the whole board's fit: they all did before boards could say so. */
export const countsLiveVotes = z.boolean().default(true);

/** RatingSnapshot.details: what the fit was made from, exactly, and what it says of itself. */
export const snapshotDetails = z.object({
  /** Ids in the order of the covariance: the listed models when the fit was made. Votes on others were left out. */
  models: z.array(z.string()),
  /** The last rating event (RatingEvent.seq) the fit saw; it saw every earlier one too. */
  lastEvent: z.coerce.bigint(),
  /** Events among those whose votes were not counted then (quarantined or excluded). */
  exclusions: z.array(z.coerce.bigint()),
  countsLiveVotes,
  /** SnapshotOptions of lib/ratings/snapshot.ts. */
  options: z.object({
    ties: tieModel.optional(),
    alpha: z.number().optional(),
    rankMethod: z.enum(["pairwise", "holm", "max-t", "overlap"]).optional(),
    reweight: z.boolean().optional(),
    seed: z.number().optional(),
    /** Absent: every vote was taken as independent. */
    dependence: dependenceSummary.optional(),
    /** Votes among these models that were left out, by reason; absent: none. */
    exclusions: z.array(z.object({ reason: z.string(), votes: z.number().int() })).optional(),
  }),
  /** The last event that `options.dependence` was measured on. */
  dependenceEvent: z.coerce.bigint().optional(),
  connected: z.boolean(),
  separated: z.boolean(),
  notes: z.array(storedNote),
  gradientNorm: z.number(),
  iterations: z.number(),
  /** Why `options.ties` is what it is. */
  tieChoice: tieChoice.optional(),
  /** Of a style-controlled fit. */
  style: styleEffects.optional(),
  /** Of a fit with a judge. */
  judge: judgeWorth.optional(),
});

export type SnapshotDetails = z.output<typeof snapshotDetails>;
export type TieChoice = z.output<typeof tieChoice>;

/** The details as JSON can hold them: event numbers as text. */
export function detailsToJson(details: SnapshotDetails) {
  return {
    ...details,
    lastEvent: String(details.lastEvent),
    exclusions: details.exclusions.map(String),
    dependenceEvent: details.dependenceEvent?.toString(),
  };
}

/** float64, little endian. */
export function packCovariance(covariance: Float64Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(covariance.length * 8);
  const view = new DataView(bytes.buffer);
  covariance.forEach((value, i) => view.setFloat64(i * 8, value, true));
  return bytes;
}

export function unpackCovariance(bytes: Uint8Array): Float64Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float64Array.from({ length: bytes.byteLength / 8 }, (_, i) => view.getFloat64(i * 8, true));
}
