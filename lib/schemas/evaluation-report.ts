import { z } from "zod";
import { missingValue, reportCaveat } from "@/lib/schemas/reasons/evaluation-notes";
import { storedFileRemark } from "@/lib/schemas/reasons/file-remark";
import { judgePause } from "@/lib/schemas/reasons/judge-pause";

/** Raised when a field changes its meaning or goes; a new field that old readers may pass over does not raise it. */
export const EVALUATION_REPORT_VERSION = 1;

const interval = {
  value: z.number().nullable(),
  /** Ends of the 95% interval; null where there are too few samples for one. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Images, or pairs of images, that the value is made of. */
  n: z.number().int().min(0),
};

/** Everything a value depends on, as the protocol hash is made of it. */
const protocol = z.object({
  key: z.string(),
  metric: z.string(),
  encoder: z.string(),
  preprocessing: z.string(),
  samples: z.number().int(),
  reference: z.string(),
});

const difference = z.object({
  ...interval,
  /** The baseline's value over the same prompts. */
  baseline: z.number().nullable(),
  /** Whether image i of a prompt was set against the baseline's image i of it. */
  paired: z.boolean(),
  missing: z.string().nullable(),
  /** `missing` by its code. Reports of earlier releases have none of these codes. */
  missingFor: missingValue.nullable().default(null),
});

export const reportMetric = z.object({
  /** As requirements name it: "fd", "pr.precision", "win_rate". */
  name: z.string(),
  label: z.string(),
  meaning: z.string(),
  better: z.enum(["lower", "higher", "nearer to 0.5"]).nullable(),
  unit: z.enum(["share"]).nullable(),
  group: z.enum(["reference", "judge", "truth", "style"]),
  ...interval,
  /** Prompts that the interval takes for its units; null: it takes images, or pairs of them. */
  prompts: z.number().int().nullable(),
  protocol: protocol.nullable(),
  /** What must be known to read the value. */
  caveat: z.string().nullable(),
  /** `caveat` by its codes. */
  caveats: z.array(reportCaveat).default([]),
  /** Why there is no value; null where there is one. */
  missing: z.string().nullable(),
  missingFor: missingValue.nullable().default(null),
  /** Images minus baseline; null without a baseline, and where it makes no sense. */
  difference: difference.nullable(),
});
export type ReportMetric = z.output<typeof reportMetric>;
export type ReportDifference = z.output<typeof difference>;
export type DifferenceFacts = Omit<ReportDifference, "missing">;
export type MetricFacts = Omit<ReportMetric, "missing" | "caveat" | "difference"> & {
  difference: DifferenceFacts | null;
};

const reportSet = z.object({
  path: z.string(),
  /** sha256 of its content (the order and names of its files do not count). */
  manifest: z.string(),
  /** Images that were measured. */
  images: z.number().int(),
  /** What is odd about the files, in sentences. */
  remarks: z.array(z.string()),
  /** The same by their codes; what the reading of a file said besides stays a text. */
  notes: z.array(storedFileRemark).default([]),
});

const leftOut = z.object({ file: z.string(), reason: z.string() });

const judgedSample = z.object({
  /** 0 to 1; null: no verdict. */
  score: z.number().nullable(),
  /** Why there is no verdict. */
  noVerdict: z.string().nullable(),
  reasoning: z.string().nullable(),
});

const judgedPair = z.object({
  /** Probability that the image is better than the baseline's, both orders together; null: no verdict in one of them. */
  preference: z.number().nullable(),
  noVerdict: z.string().nullable(),
});

export const reportSample = z.object({
  file: z.string(),
  /** The prompt's key, and which image of it this is. */
  key: z.string(),
  index: z.number().int(),
  sha256: z.string(),
  /** The reference image with the nearest features, and how far they are; null without one. */
  nearest: z.object({ file: z.string().nullable(), distance: z.number() }).nullable(),
  /** Kynkäänniemi's realism score: from 1 on within the reference; null without one. */
  realism: z.number().nullable(),
  judge: judgedSample.nullable(),
  pair: judgedPair.nullable(),
  /** Whether all that the prompt claims is there; null where that is not known. */
  correct: z.boolean().nullable(),
});
export type ReportSample = z.output<typeof reportSample>;

const judging = z.object({
  /** Without what a key may hide in. */
  url: z.string(),
  model: z.string(),
  rubrics: z.array(z.string()),
  /** Questions asked, and those that brought a verdict. */
  asked: z.number().int(),
  verdicts: z.number().int(),
  /** Questions without a verdict, by reason. */
  failures: z.record(z.string(), z.number().int()),
  inputTokens: z.number().int().nullable(),
  outputTokens: z.number().int().nullable(),
  /** What the endpoint said it charged; null: it did not say. */
  costUsd: z.number().nullable(),
  /** Why it was not asked to the end. */
  stopped: z.string().nullable(),
  stoppedFor: judgePause.nullable().default(null),
});

/** What `salon eval` writes to report.json (docs/evaluate-from-a-script.md). */
export const evaluationReport = z.object({
  kind: z.literal("salon-evaluation"),
  version: z.literal(EVALUATION_REPORT_VERSION),
  createdAt: z.string(),
  /** Of all intervals. */
  level: z.literal(0.95),
  software: z.object({ salon: z.string(), metrics: z.string(), node: z.string() }),
  seed: z.number().int(),
  encoder: z.object({
    id: z.string(),
    dimension: z.number().int(),
    preprocessing: z.string(),
    distanceLabel: z.string(),
    /** What it reads; reports of earlier releases are of images. */
    reads: z.enum(["image", "video"]).default("image"),
  }),
  prompts: z.object({
    path: z.string(),
    sha256: z.string(),
    count: z.number().int(),
    /** Prompts with at least one image. */
    matched: z.number().int(),
    /** The first keys without an image. */
    without: z.array(z.string()),
    /** The prompts with an image, by key. */
    texts: z.record(z.string(), z.string()),
  }),
  images: reportSet,
  reference: reportSet.omit({ images: true }).extend({ images: z.number().int().nullable() }).nullable(),
  baseline: reportSet.nullable(),
  /** Samples that images and baseline both have. */
  common: z.number().int().nullable(),
  judge: judging.nullable(),
  metrics: z.array(reportMetric),
  /** The Fréchet distance by number of images. */
  curve: z.array(z.object({ n: z.number().int(), distance: z.number() })),
  samples: z.array(reportSample),
  /** Files that count nowhere, the baseline's among them. */
  leftOut: z.array(leftOut),
});
export type EvaluationReport = z.output<typeof evaluationReport>;

export type SetFacts = Omit<z.output<typeof reportSet>, "remarks">;
export type JudgingFacts = Omit<z.output<typeof judging>, "stopped">;

/** A report before its codes are put into words. */
export type EvaluationFacts = Omit<
  EvaluationReport,
  "images" | "reference" | "baseline" | "judge" | "metrics"
> & {
  images: SetFacts;
  reference: (Omit<SetFacts, "images"> & { images: number | null }) | null;
  baseline: SetFacts | null;
  judge: JudgingFacts | null;
  metrics: MetricFacts[];
};
