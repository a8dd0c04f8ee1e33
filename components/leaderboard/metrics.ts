import { percent, significant } from "@/components/format";
import type { MetricValue } from "@/lib/schemas/metric-values";

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
  "contrastive-alignment": {
    label: "Contrastive alignment",
    meaning:
      "Mean cosine of picture and prompt in the features of Salon's own contrastive encoder, which was trained on Toybox alone. Not comparable with CLIPScore.",
    better: "higher",
    write: significant,
  },
};

/**
 * How a metric is named and written. A distance's name is its label with the part before the first hyphen in lower case: "fid",
 * "fd-DINOv2". A metric this page does not know keeps its own name.
 */
export function metricFace(name: string): MetricFace {
  return (
    FACES[name] ??
    judgeFace(name) ??
    distanceFace(name) ?? { label: name, meaning: name, better: "higher", write: significant }
  );
}

/** A distance under an installed encoder. */
function distanceFace(name: string): MetricFace | null {
  if (!/^f[a-z]*d(-|$)/.test(name)) return null;
  const label = name.replace(/^[^-]+/, (prefix) => prefix.toUpperCase());
  const meaning =
    label === "FID" || label === "FVD"
      ? `${label}: the Fréchet distance to the reference set in use, on the published weights, checked by hash.`
      : `Fréchet distance to the reference set in use, in the features of an encoder this site has installed. Not ${label.startsWith("FVD") ? "FVD" : "FID"}.`;
  return { label, meaning, better: "lower", write: significant };
}

/** What the rubrics of judges are called in a column's head. */
const RUBRICS: Record<string, { label: string; meaning: string }> = {
  viescore: {
    label: "rubric",
    meaning: "prompt following and quality, the geometric mean of the worse levels, 0 to 1",
  },
  checklist: { label: "checklist", meaning: "share of the prompt's yes/no questions answered yes, 0 to 1" },
  vqascore: {
    label: "VQAScore",
    meaning: "probability of Yes to whether the picture shows the prompt, 0 to 1",
  },
};

/** A judge's score, "judge:toybox-judge:checklist@1:q2": judge, rubric, version of the questions. */
function judgeFace(name: string): MetricFace | null {
  const [kind, judge, rubric, version] = name.split(":");
  if (kind !== "judge" || rubric === undefined) return null;
  const { label, meaning } = RUBRICS[rubric.split("@")[0]] ?? { label: rubric, meaning: rubric };
  return {
    label: `${judge}, ${label}`,
    meaning: `What the judge ${judge} says: ${meaning} (mean over samples with a verdict). Rubric ${rubric}${version ? `, questions version ${version.slice(1)}` : ""}. Never compared with another judge, rubric or version.`,
    better: "higher",
    write: (score) => score.toFixed(3),
  };
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
