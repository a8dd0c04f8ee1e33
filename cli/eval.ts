import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { Option, type Command } from "commander";
import { withReportTexts } from "@/components/evaluations/report-text";
import { onnxGram } from "@/lib/encoders/onnx-gram";
import { openEncoder } from "@/lib/encoders/open-encoder";
import { hasClipGrader, openClipGrader } from "@/lib/encoders/toybox-clip-grader";
import { openToyboxGrader } from "@/lib/encoders/toybox-grader";
import { namedVariable } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { evaluateImages, type EvaluationInput, type NamedReference } from "@/lib/evaluations/evaluate-images";
import { parseEvalPrompts } from "@/lib/evaluations/eval-prompts";
import { makeThumbnails } from "@/lib/evaluations/make-thumbnails";
import { evaluationPage } from "@/lib/evaluations/page/evaluation-page";
import {
  shownDifference,
  shownDifferenceInterval,
  shownInterval,
  shownValue,
} from "@/lib/evaluations/page/format";
import { requireMp4 } from "@/lib/media/encode-mp4";
import { FileError } from "@/lib/media/files/file-error";
import { openSampleSource, type SampleSource } from "@/lib/media/sample-source";
import { prepareReference } from "@/lib/metrics/frechet-distance";
import { guardedClient } from "@/lib/providers/guarded-client";
import { requireCallable } from "@/lib/providers/require-callable";
import type { Sees } from "@/lib/rubrics/rubric";
import type { VideosAs } from "@/lib/schemas/judges/judging";
import type { EvaluationReport } from "@/lib/schemas/evaluation-report";
import { count, withEncoderOptions } from "./fd";
import { EncoderOnce, gaussianOfSet, orExit, readMetricSet, type EncoderFlags } from "./metric-input";
import { ProgressBar } from "./progress";
import { ROOT } from "./root";
import { table } from "./table";

interface EvalFlags extends EncoderFlags {
  images: string;
  prompts: string;
  reference?: string;
  baseline?: string;
  judge?: string;
  judgeModel?: string;
  judgeKeyEnv?: string;
  judgeConcurrency: number;
  judgeTimeout: number;
  judgeVideos?: VideosAs;
  seed: number;
  out: string;
}

/** Adds `salon eval`: a report on a folder of images, without a server or a database. Exit code 2: bad input, named. */
export function registerEval(program: Command): void {
  const command = program
    .command("eval")
    .description(
      "Evaluate a folder of images or videos of your prompts and write a report; no server, no database.",
    )
    .requiredOption(
      "--images <set>",
      "folder, .zip or .tar of images (for a video encoder: videos) named KEY.png, KEY_0.png or KEY/0.png",
    )
    .requiredOption(
      "--prompts <file>",
      "the prompts: a line each, .csv, .tsv, .json or .jsonl, or a benchmark's own file",
    )
    .requiredOption("--out <folder>", "where report.json and index.html are written")
    .option("--reference <set>", "real images: folder, .zip, .tar, .npy features or .npz statistics")
    .option("--baseline <set>", "another model's images of the same prompts: differences and win rate")
    .option("--judge <url>", "base address of an OpenAI-compatible chat endpoint that sees images or videos")
    .option("--judge-model <name>", "the name the endpoint knows the judge by")
    .option("--judge-key-env <variable>", "environment variable that holds the judge's key")
    .option("--judge-concurrency <count>", "questions at a time", count(1), 4)
    .option("--judge-timeout <seconds>", "longest wait for one answer", count(1), 60)
    .addOption(
      new Option(
        "--judge-videos <as>",
        "how the judge is shown videos: as eight frames (frames), or whole as MP4 files (video; needs ffmpeg)",
      ).choices(["frames", "video"]),
    )
    .option("--seed <seed>", "seed of subsets and folds", count(0), 0);
  withEncoderOptions(command).action((flags: EvalFlags) => orExit(() => evaluate(flags)));
}

async function evaluate(flags: EvalFlags): Promise<string> {
  const encoder = new EncoderOnce(flags);
  const open: SampleSource[] = [];
  const source = async (location: string) => {
    const opened = await openSampleSource(location);
    open.push(opened);
    return opened;
  };
  const bar = new ProgressBar("evaluating");
  try {
    const isVideo = await encoder.isVideo();
    refuseMisfits(flags, isVideo);
    const judge = await judgeOf(flags, isVideo ? (flags.judgeVideos ?? "frames") : "image");
    if (judge?.sees === "video") await requireMp4();
    const content = await readPrompts(flags.prompts);
    const list = parseEvalPrompts(content, flags.prompts);
    const images = await source(flags.images);
    const baseline = flags.baseline === undefined ? null : await source(flags.baseline);
    const reference = flags.reference === undefined ? null : await readReference(flags.reference, encoder);
    const samples = await readers(
      encoder,
      list.some(({ clipTruth }) => clipTruth !== null),
    );
    const evaluation = await evaluateImages({
      images,
      baseline,
      reference,
      prompts: { path: flags.prompts, content, list },
      samples,
      judge,
      seed: flags.seed,
      maxPixels: flags.maxPixels,
      kernel: onnxGram,
      software: { salon: await salonVersion(), node: process.versions.node },
      now: new Date(),
      onProgress: (what, share, note) => bar.update(share, `${what} ${note ?? ""}`.trim()),
    });
    const realImages = reference?.names && flags.reference ? await source(flags.reference) : null;
    if (samples.kind === "video")
      for (const each of [samples.grader, samples.subject, samples.scene]) await each?.close();
    const report = withReportTexts(evaluation.report);
    const page = await evaluationPage(report, await makeThumbnails(evaluation, realImages));
    await mkdir(flags.out, { recursive: true });
    await write(path.join(flags.out, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
    await write(path.join(flags.out, "index.html"), page);
    bar.end();
    return `${summary(report)}\n\n${path.join(flags.out, "report.json")}\n${path.join(flags.out, "index.html")}\n`;
  } finally {
    bar.end();
    for (const each of open) await each.close();
    await encoder.close();
    await guardedClient().close();
  }
}

/** @throws SalonError for an option that goes with the other kind of samples, or with a judge that was not given */
function refuseMisfits({ judge, judgeVideos, tolerateDamage }: EvalFlags, isVideo: boolean): void {
  if (judgeVideos !== undefined && (judge === undefined || !isVideo))
    throw new SalonError("invalid_request", "--judge-videos needs --judge URL and the encoder of videos.");
  if (isVideo && tolerateDamage)
    throw new SalonError(
      "invalid_request",
      "salon eval leaves damaged videos out and lists them: leave --tolerate-damage out.",
    );
}

/** What reads the samples; of clips a grader where a prompt has a clip's truth and its weights are here. */
async function readers(encoder: EncoderOnce, isGraded: boolean): Promise<EvaluationInput["samples"]> {
  if (!(await encoder.isVideo()))
    return { kind: "image", encoder: await encoder.image(), openGrader: openToyboxGrader };
  const video = await encoder.video();
  return {
    kind: "video",
    encoder: {
      ...video,
      rule: encoder.flags.frameRule ?? video.rule,
      preprocessing: (await encoder.facts()).preprocessing,
    },
    grader: isGraded && (await hasClipGrader()) ? await openClipGrader() : null,
    subject: await openEncoder("toybox-encoder"),
    scene: await openEncoder("toybox-contrastive"),
  };
}

/** A judge as the flags describe it. @throws SalonError when it could never be called, or its key is not where it was said to be */
async function judgeOf(flags: EvalFlags, sees: Sees): Promise<EvaluationInput["judge"]> {
  const { judge: url, judgeModel, judgeKeyEnv, judgeConcurrency, judgeTimeout } = flags;
  if (url === undefined) {
    if (judgeModel === undefined && judgeKeyEnv === undefined) return null;
    throw new SalonError("invalid_request", "--judge-model and --judge-key-env need --judge URL.");
  }
  if (judgeModel === undefined)
    throw new SalonError(
      "invalid_request",
      "--judge needs --judge-model: the name the endpoint knows it by.",
    );
  const apiKey = judgeKeyEnv === undefined ? null : namedVariable(judgeKeyEnv);
  if (apiKey === undefined)
    throw new SalonError("invalid_request", `The environment variable ${judgeKeyEnv} is not set: it should hold the judge's key.`); // prettier-ignore
  await requireCallable(url, "operator");
  return {
    judge: {
      address: {
        owner: "operator",
        baseUrl: url.replace(/\/+$/, ""),
        providerModel: judgeModel,
        apiKey,
        timeoutMs: judgeTimeout * 1000,
      },
      logprobs: false,
      usdPerMillionInputTokens: null,
      usdPerMillionOutputTokens: null,
    },
    client: guardedClient(),
    sees,
    concurrency: judgeConcurrency,
  };
}

async function readReference(location: string, encoder: EncoderOnce): Promise<NamedReference> {
  const set = await readMetricSet(location, encoder);
  const { dimension } = (await encoder.isVideo()) ? await encoder.video() : await encoder.image();
  if (set.dimension !== dimension)
    throw new FileError(
      location,
      `has ${set.dimension} features a sample, but the encoder gives ${dimension}.`,
    );
  return {
    path: location,
    prepared: await prepareReference(gaussianOfSet(set), { kernel: onnxGram }),
    features: set.features,
    manifest: set.manifest,
    names: set.names,
    notes: [...set.remarks, ...(set.forensics?.remarks ?? [])],
  };
}

async function readPrompts(file: string): Promise<Buffer> {
  return readFile(file).catch((error: NodeJS.ErrnoException) => {
    const problem = error.code === "ENOENT" ? "does not exist." : `cannot be read (${error.code}).`;
    throw new FileError(file, problem, { cause: error });
  });
}

/** Whole or not at all: a report that was being read stays readable. */
async function write(file: string, text: string): Promise<void> {
  await writeFile(`${file}.part`, text);
  await rename(`${file}.part`, file);
}

async function salonVersion(): Promise<string> {
  const text = await readFile(path.join(ROOT, "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

function summary(report: EvaluationReport): string {
  const { metrics, images, prompts, baseline, common, leftOut, judge, encoder } = report;
  const withBaseline = metrics.some(({ difference }) => difference !== null);
  const header = ["metric", "value", "95% interval", "n", ...(withBaseline ? ["difference"] : [])];
  const rows = metrics.map((metric) => {
    const { name, unit, value, missing, n, difference } = metric;
    const known = missing === null;
    return [
      name,
      known ? shownValue(value, unit) : "not known",
      known ? shownInterval(metric, unit) : missing,
      String(n),
      ...(withBaseline ? [differenceText(difference, unit)] : []),
    ];
  });
  const failures = Object.values(judge?.failures ?? {}).reduce((sum, some) => sum + some, 0);
  return [
    `${images.images} ${encoder.reads}s of ${prompts.matched} out of ${prompts.count} prompts`,
    ...(baseline ? [`${common} of them compared with ${baseline.path}, as differences`] : []),
    ...(leftOut.length > 0 ? [`left out: ${leftOut.length} files, the first ${leftOut[0].file} (${leftOut[0].reason})`] : []), // prettier-ignore
    ...(failures > 0 ? [`calls of the judge without a verdict: ${failures} of ${judge?.asked ?? 0}`] : []),
    "",
    table([header, ...rows]),
  ].join("\n");
}

function differenceText(
  difference: EvaluationReport["metrics"][number]["difference"],
  unit: EvaluationReport["metrics"][number]["unit"],
): string {
  if (difference === null || difference.value === null) return "-";
  return `${shownDifference(difference.value, unit)} ${shownDifferenceInterval(difference, unit)}`;
}
