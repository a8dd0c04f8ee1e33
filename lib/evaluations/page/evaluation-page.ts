import { html, raw } from "hono/html";
import { chosenSamples, type ChosenSamples } from "@/lib/evaluations/page/chosen-samples";
import { counted } from "@/lib/evaluations/page/format";
import type { Html } from "@/lib/evaluations/page/markup";
import { metricTable } from "@/lib/evaluations/page/metric-table";
import { curvePlot, histogram } from "@/lib/evaluations/page/plots";
import { STYLE } from "@/lib/evaluations/page/style";
import type { EvaluationReport, ReportMetric, ReportSample } from "@/lib/schemas/evaluation-report";

/** Thumbnails as data URIs, by set and file. */
export type Thumbnails = ReadonlyMap<string, string>;
export const thumbnailKey = (set: "images" | "baseline" | "reference", file: string) => `${set}:${file}`;

/** Of what was left out, so much is listed; report.json has all. */
const LISTED = 50;

const GROUPS: Record<ReportMetric["group"], string> = {
  reference: "Against the reference",
  judge: "By the judge",
  truth: "Against what the prompts claim",
  style: "How they look, and of videos how they move",
};

/** A report as one HTML file that needs nothing else: no script, no network, light and dark, from a phone's width on. */
export async function evaluationPage(report: EvaluationReport, thumbnails: Thumbnails): Promise<string> {
  const title = `Evaluation of ${report.images.path}`;
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; img-src data:; style-src 'unsafe-inline'"
        />
        <title>${title}</title>
        <style>
          ${raw(STYLE)}
        </style>
      </head>
      <body>
        <main>
          <h1>${title}</h1>
          ${summary(report)} ${tables(report)} ${plots(report)}
          ${chosenSamples(report).map((group) => samplesOf(group, report, thumbnails))} ${missing(report)}
          ${protocol(report)}
        </main>
      </body>
    </html>`;
  return String(await page);
}

function summary(report: EvaluationReport): Html {
  const { images, prompts, reference, baseline, common, judge, createdAt, encoder } = report;
  const against = [
    reference &&
      `the reference ${reference.path}${reference.images === null ? "" : ` (${counted(reference.images, encoder.reads)})`}`,
    baseline && `the baseline ${baseline.path} (${counted(common ?? 0, "image")} in common)`,
  ].filter((text) => text !== null);
  const beside = against.length === 0 ? "" : `, beside ${against.join(" and ")}`;
  return html`<p>
    ${counted(images.images, encoder.reads)} of ${prompts.matched} out of
    ${counted(prompts.count, "prompt")}${beside}.
    ${judge === null ? "" : `Judged by ${judge.model}: ${judge.verdicts} verdicts in ${counted(judge.asked, "call")}.`}
    <span class="muted">${createdAt.slice(0, 16).replace("T", " ")} UTC</span>
  </p>`;
}

function tables({ metrics }: EvaluationReport): Html[] {
  return (Object.keys(GROUPS) as ReportMetric["group"][]).flatMap((group) => {
    const some = metrics.filter((metric) => metric.group === group);
    return some.length === 0
      ? []
      : [
          html`<h2>${GROUPS[group]}</h2>
            ${metricTable(some)}`,
        ];
  });
}

function plots({ samples, curve, encoder }: EvaluationReport): Html | "" {
  const scores = samples.flatMap(({ judge }) => judge?.score ?? []);
  const distances = samples.flatMap(({ nearest }) => nearest?.distance ?? []);
  const all = [
    scores.length > 1 ? histogram(scores, "Judge's scores of the images", [0, 1]) : null,
    distances.length > 1 ? histogram(distances, "Distance to the nearest reference image") : null,
    curve.length > 1 ? curvePlot(curve, `${encoder.distanceLabel} by the number of images (on 1/n)`) : null,
  ].filter((plot) => plot !== null);
  return all.length === 0
    ? ""
    : html`<h2>Spread</h2>
        <div class="plots">${all}</div>`;
}

function samplesOf(group: ChosenSamples, { prompts }: EvaluationReport, thumbnails: Thumbnails): Html {
  const image = (set: "images" | "baseline" | "reference", file: string | null, alt: string) => {
    const source = file === null ? undefined : thumbnails.get(thumbnailKey(set, file));
    return source === undefined
      ? html`<span class="none">no preview</span>`
      : html`<img src="${source}" alt="${alt}" />`;
  };
  const besideFile = (sample: ReportSample) =>
    group.beside === "reference" ? (sample.nearest?.file ?? null) : sample.file;
  const beside = group.beside;
  return html`<h2>${group.title}</h2>
    ${beside === null ? "" : html`<p class="muted">Left the image, right ${beside === "reference" ? "the nearest reference image" : "the baseline's"}.</p>`}
    <div class="samples">
      ${group.samples.map((sample) => {
        const text = prompts.texts[sample.key] ?? "";
        const reasoning = group.beside === null ? (sample.judge?.reasoning ?? "") : "";
        return html`<figure class="sample">
          <div class="images">
            ${image("images", sample.file, text)}
            ${beside === null ? "" : image(beside, besideFile(sample), `${beside} image`)}
          </div>
          <p>${text.slice(0, 200)}</p>
          <p class="muted">${sample.file}, ${group.caption(sample)}</p>
          ${reasoning === "" ? "" : html`<p class="muted">“${reasoning.slice(0, 300)}”</p>`}
        </figure>`;
      })}
    </div>`;
}

function missing({ leftOut, prompts, judge, images, baseline, reference }: EvaluationReport): Html {
  const without = prompts.count - prompts.matched;
  const failures = Object.entries(judge?.failures ?? {}).map(([reason, count]) => `${reason}: ${count}`);
  const lines = [
    without > 0 ? `${counted(without, "prompt has", "prompts have")} no image: ${prompts.without.join(", ")}${without > prompts.without.length ? ", ..." : ""}.` : null, // prettier-ignore
    failures.length > 0
      ? `Calls of the judge without a verdict, which count nowhere: ${failures.join(", ")}.`
      : null,
    judge?.stopped ? `The judge was not asked to the end. ${judge.stopped}` : null,
    ...[images, baseline, reference].flatMap(
      (set) => set?.remarks.map((text) => `${set.path}: ${text}`) ?? [],
    ),
    ...leftOut.slice(0, LISTED).map(({ file, reason }) => `Left out: ${file} (${reason})`),
    leftOut.length > LISTED ? `Left out: ${leftOut.length - LISTED} more files, all in report.json.` : null,
  ].filter((line) => line !== null);
  return html`<h2>What is missing, and what to look at</h2>
    ${
      lines.length === 0
        ? html`<p>Nothing.</p>`
        : html`<ul>
            ${lines.map((line) => html`<li>${line}</li>`)}
          </ul>`
    }`;
}

function protocol(report: EvaluationReport): Html {
  const { encoder, images, reference, baseline, prompts, judge, software, seed, metrics } = report;
  const rows: [string, string][] = [
    ["Encoder", encoder.id],
    ["Preprocessing", encoder.preprocessing],
    ["Images", images.manifest],
    ...(reference ? [["Reference", reference.manifest] as [string, string]] : []),
    ...(baseline ? [["Baseline", baseline.manifest] as [string, string]] : []),
    ["Prompts", `${prompts.path}, ${prompts.sha256}`],
    ...(judge
      ? [["Judge", `${judge.model} at ${judge.url}, ${judge.rubrics.join(", ")}`] as [string, string]]
      : []),
    ["Seed", String(seed)],
    ["Versions", `Salon ${software.salon}, metrics ${software.metrics}, Node ${software.node}`],
  ];
  return html`<h2>Protocol</h2>
    <p class="muted">Two values may be compared only where their protocol hashes are equal.</p>
    <dl>
      ${rows.map(
        ([name, text]) =>
          html`<dt>${name}</dt>
            <dd><code>${text}</code></dd>`,
      )}
    </dl>
    <h3>Protocol hashes</h3>
    <dl>
      ${metrics.flatMap(({ name, protocol }) =>
        protocol === null
          ? []
          : [
              html`<dt><code>${name}</code></dt>
                <dd class="hash">${protocol.key}</dd>`,
            ],
      )}
    </dl>`;
}
