import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

/** The score of any judge under any rubric: every judge, rubric and version of the questions is a score of its own. */
export const judgeScore = {
  name: "judge",
  label: "Judge's score",
  meaning: "Mean of a judge's scores under one rubric, over the samples with a verdict.",
  better: "higher",
  unit: null,
  format: { decimals: 3 },
  needs: "verdicts",
  protocol: null,
  member(name) {
    const [kind, judge, rubric, version] = name.split(":");
    if (kind !== "judge" || rubric === undefined) return null;
    const { label, meaning } = RUBRICS[rubric.split("@")[0]] ?? { label: rubric, meaning: rubric };
    return {
      label: `${judge}, ${label}`,
      meaning: `What the judge ${judge} says: ${meaning} (mean over samples with a verdict). Rubric ${rubric}${version ? `, questions version ${version.slice(1)}` : ""}. Never compared with another judge, rubric or version.`,
    };
  },
} as const satisfies MetricDefinition;

/** What the rubrics of judges are called in a column's head. */
const RUBRICS: Record<string, { label: string; meaning: string }> = {
  viescore: {
    label: "rubric",
    meaning: "prompt following and quality, the geometric mean of the worse levels, 0 to 1",
  },
  videoscore: {
    label: "rubric of videos",
    meaning:
      "prompt following and motion, consistency and artefacts, the geometric mean of the worse levels, 0 to 1",
  },
  wholescore: {
    label: "rubric of whole videos",
    meaning:
      "prompt following and motion, consistency and artefacts of videos shown whole, the geometric mean of the worse levels, 0 to 1",
  },
  checklist: { label: "checklist", meaning: "share of the prompt's yes/no questions answered yes, 0 to 1" },
  vqascore: {
    label: "VQAScore",
    meaning: "probability of Yes to whether the image shows the prompt, 0 to 1",
  },
};

/** "judge:toybox-judge:viescore@1", and with a version of the questions "judge:toybox-judge:checklist@1:q2". */
export function judgeScoreName(of: { slug: string; rubric: string; version: number }): string {
  return `judge:${of.slug}:${of.rubric}${of.version === 0 ? "" : `:q${of.version}`}`;
}
