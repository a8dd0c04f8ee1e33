import type { Figure } from "@/lib/metrics/requirement";
import type { EvaluationReport } from "@/lib/schemas/evaluation-report";

/** All that a requirement can name in a report: each metric, and its difference from the baseline as NAME.difference. */
export function reportFigures({ metrics }: Pick<EvaluationReport, "metrics">): Map<string, Figure> {
  const figures = new Map<string, Figure>();
  for (const { name, value, low, high, n, prompts, missing, difference } of metrics) {
    figures.set(name, { value, low, high, n, units: prompts ?? n, missing });
    if (difference !== null) {
      const { value, low, high, n, missing } = difference;
      // The prompts in common are not counted apart: no more than the images in common, nor than all prompts.
      figures.set(`${name}.difference`, { value, low, high, n, units: Math.min(n, prompts ?? n), missing });
    }
  }
  return figures;
}
