import { html } from "hono/html";
import {
  shownDifference,
  shownDifferenceInterval,
  shownInterval,
  shownValue,
} from "@/lib/evaluations/page/format";
import type { Html } from "@/lib/evaluations/page/markup";
import { intervalBar } from "@/lib/evaluations/page/plots";
import type { ReportMetric } from "@/lib/schemas/evaluation-report";

/** Values with interval, n and, where there is a baseline, the paired difference from it. */
export function metricTable(metrics: readonly ReportMetric[]): Html {
  const withBaseline = metrics.some(({ difference }) => difference !== null);
  return html`<table>
    <thead>
      <tr>
        <th>Metric</th>
        <th>Value</th>
        <th>95% interval</th>
        <th>n</th>
        ${
          withBaseline
            ? html`<th>Baseline</th>
                <th>Difference, 95% interval</th>`
            : ""
        }
      </tr>
    </thead>
    <tbody>
      ${metrics.map((metric) => metricRow(metric, withBaseline))}
    </tbody>
  </table>`;
}

function metricRow(metric: ReportMetric, withBaseline: boolean): Html {
  const { name, label, meaning, better, unit, value, low, high, n, prompts, missing, caveat } = metric;
  const aim = better === null ? "" : ` Better: ${better}.`;
  return html`<tr>
    <td>
      ${label} <code class="muted">${name}</code>
      <small>${meaning}${aim}</small>
      ${caveat === null ? "" : html`<small>${caveat}</small>`}
    </td>
    <td data-label="Value">${missing === null ? shownValue(value, unit) : "not known"}</td>
    <td data-label="95% interval">
      <span>
        ${missing === null ? shownInterval(metric, unit) : html`<span class="muted">${missing}</span>`}
        ${value !== null && low !== null && high !== null && unit === "share" ? intervalBar(value, low, high) : ""}
      </span>
    </td>
    <td data-label="n">${n}${prompts === null || prompts === n ? "" : ` of ${prompts} prompts`}</td>
    ${withBaseline ? differenceCells(metric) : ""}
  </tr>`;
}

function differenceCells({ difference, better, unit }: ReportMetric): Html {
  if (difference === null)
    return html`<td data-label="Baseline">–</td>
      <td data-label="Difference">–</td>`;
  const { value, low, high, n, baseline, paired, missing } = difference;
  if (missing !== null)
    return html`<td data-label="Baseline">–</td>
      <td data-label="Difference" class="muted">${missing}</td>`;
  return html`<td data-label="Baseline">${shownValue(baseline, unit)}</td>
    <td data-label="Difference">
      <span>
        <span class="${verdictOf(low, high, better)}">${shownDifference(value, unit)}</span>
        ${shownDifferenceInterval(difference, unit)}
        <small>${n} images, ${paired ? "paired" : "not paired"}</small>
      </span>
    </td>`;
}

/** Coloured only where the whole interval is on one side. */
function verdictOf(low: number | null, high: number | null, better: ReportMetric["better"]): string {
  if (
    low === null ||
    high === null ||
    better === null ||
    better === "nearer to 0.5" ||
    (low <= 0 && high >= 0)
  )
    return "";
  return (better === "lower") === high < 0 ? "better" : "worse";
}
