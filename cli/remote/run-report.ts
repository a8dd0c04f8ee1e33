import type { Figure } from "@/lib/metrics/requirement";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";
import type { RunResponse } from "@/lib/schemas/runs";
import { shown } from "../metric-input";
import { table } from "../table";

/** One line on how far a run is. */
export function progressLine(run: RunResponse): string {
  const { state, total, generated, failed, embedded, etaSeconds } = run;
  const parts = [state.toLowerCase()];
  if (state === "GENERATING") parts.push(`${generated} of ${total} samples`);
  if (state === "EXTRACTING") parts.push(`${embedded} of ${generated} embedded`);
  if (failed > 0) parts.push(`${failed} could not be had`);
  if (etaSeconds !== null) parts.push(`about ${Math.ceil(etaSeconds / 60)} min left`);
  return parts.join(", ");
}

/**
 * What a requirement can name in a run: its scores by their names, and by their metric's ("fd" for "fd-toybox") where the run has
 * one score of it only.
 */
export function runFigures({ metrics }: Pick<RunResponse, "metrics">): Map<string, Figure> {
  const figures = new Map<string, Figure>();
  for (const [name, { value, low, high, n }] of Object.entries(metrics))
    figures.set(name, { value, low, high, n, units: n, missing: null });
  const byMetric = new Map<string, string[]>();
  for (const name of figures.keys()) {
    const { metric } = describeMetric(name);
    if (metric !== null) byMetric.set(metric, [...(byMetric.get(metric) ?? []), name]);
  }
  for (const [metric, [name, ...others]] of byMetric)
    if (others.length === 0 && !figures.has(metric)) figures.set(metric, figures.get(name)!);
  return figures;
}

/** A run for a reader. */
export function runText(run: RunResponse, base: string): string {
  const { runId, model, promptSet, failureReason, metrics, failureCodes } = run;
  const rows = Object.entries(metrics).map(([name, { value, low, high, n }]) => [
    name,
    shown(value),
    low === null || high === null ? "-" : `[${shown(low)}, ${shown(high)}]`,
    String(n),
  ]);
  return [
    `${runId}  ${model.name}, ${promptSet}`,
    progressLine(run),
    ...(failureReason === null ? [] : [failureReason]),
    ...failureCodes.map(({ code, count }) => `${count} x ${code}`),
    `${base}/runs/${runId}`,
    ...(rows.length === 0 ? [] : ["", table([["metric", "value", "95% interval", "n"], ...rows])]),
  ].join("\n");
}
