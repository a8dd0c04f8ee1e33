import { percent, significant } from "@/components/format";
import type { MetricValue } from "@/lib/schemas/api";

type MetricFace = {
  label: string;
  /** What it is, in a sentence. */
  meaning: string;
  better: "lower" | "higher";
  write: (value: number) => string;
};

const FACES: Record<string, MetricFace> = {
  "fd-toybox": {
    label: "FD-toybox",
    meaning:
      "Fréchet distance between the model's pictures and 10,000 or more real Toybox renders, in the features of Salon's own encoder. Not comparable with FID.",
    better: "lower",
    write: significant,
  },
  "grader-alignment": {
    label: "Grader alignment",
    meaning: "Share of pictures in which the Toybox grader finds everything the prompt asked for.",
    better: "higher",
    write: (share) => percent(share, 1),
  },
};

/** How a metric is named and written; a metric this page does not know keeps its own name. */
export function metricFace(name: string): MetricFace {
  return FACES[name] ?? { label: name, meaning: name, better: "higher", write: significant };
}

/** "95% interval 12.1 to 13.4" or null. */
export function intervalText(metric: MetricValue, write: (value: number) => string): string | null {
  return metric.low === null || metric.high === null ? null : `${write(metric.low)} to ${write(metric.high)}`;
}

/** The known metrics first, then whatever else the rows carry. */
export function metricNames(rows: { metrics: Record<string, MetricValue> }[]): string[] {
  const names = new Set(Object.keys(FACES));
  for (const row of rows) for (const name of Object.keys(row.metrics)) names.add(name);
  return [...names];
}
