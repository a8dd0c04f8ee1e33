/** What a better model has. */
export type Better = "lower" | "higher" | "nearer to 0.5";

/** What a value is a number of; null: a distance or a score without a unit. A share is written in percent. */
export type Unit = "share" | "dollars" | "milliseconds" | null;

/** Digits that a value is written with; of a share, those of its percentage. */
export type Format = { significant: number } | { decimals: number };

/** What a metric is computed from: of the two sets of features, statistics or samples; else what Salon keeps of a model. */
export type Needs =
  "statistics" | "features" | "logits" | "grades" | "captions" | "verdicts" | "requests" | "price" | "frames";

/** How one number of a metric differs in its description. */
export interface ValueDescription {
  /** Of a distance: made from the name that it has under its encoder, such as "FD-DINOv2". */
  label: string | ((distanceLabel: string) => string);
  meaning: string;
  unit?: Unit;
  format?: Format;
}

/** Everything about a metric but how it is computed (lib/metrics/registry.ts): what protocols, pages and the command line read. */
export interface MetricDefinition {
  /** Of its score, or of all scores that `member` knows. */
  name: string;
  label: string;
  /** What it is, in a sentence. */
  meaning: string;
  /** null: nothing is better or worse by it. */
  better: Better | null;
  unit: Unit;
  format: Format;
  needs: Needs;
  /** The metric and its constants, for the protocol hash of its scores; null: the score's own name. */
  protocol: string | null;
  /** Shown with a run, but in no column of a board. */
  detail?: true;
  /** Whether a run's diagnosis computes it. */
  inDiagnosis?: true;
  /** Its numbers by the keys of its estimates, where one is called otherwise than the metric. */
  values?: Readonly<Record<string, ValueDescription>>;
  /** A score whose name says more than the metric, such as its encoder or judge; null: not a score of this metric. */
  member?(name: string): { label: string; meaning: string; detail?: true } | null;
}

/** A number by which values of a metric are ordered: the lower, the better. */
export function metricLoss(better: Better, value: number): number {
  if (better === "lower") return value;
  return better === "higher" ? -value : Math.abs(value - 0.5);
}
