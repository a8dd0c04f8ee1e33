import type { Encoder } from "@/lib/encoders/open-encoder";
import { sha256 } from "@/lib/encoders/manifest";
import type { ToyboxGrader } from "@/lib/encoders/toybox-grader";
import { askAboutImages, type AskOptions, type JudgedImages } from "@/lib/evaluations/ask-about-images";
import type { EvalPrompt } from "@/lib/evaluations/eval-prompts";
import { clipMetrics } from "@/lib/evaluations/clip-metrics";
import { featureMetrics, type EvalReference } from "@/lib/evaluations/feature-metrics";
import { judgeMetrics } from "@/lib/evaluations/judge-metrics";
import { matchImages, type MatchedImages } from "@/lib/evaluations/match-images";
import { styleMetrics, truthMetrics } from "@/lib/evaluations/mean-metrics";
import { measureClips, type ClipReaders } from "@/lib/evaluations/measure-clips";
import { imageId, measureImages, type MeasuredSet } from "@/lib/evaluations/measure-images";
import { SalonError } from "@/lib/errors";
import { FileError } from "@/lib/media/files/file-error";
import type { SampleSource } from "@/lib/media/sample-source";
import { frechetInfinity } from "@/lib/metrics/frechet-infinity";
import { MetricError } from "@/lib/metrics/metric-error";
import { nearestNeighbours } from "@/lib/metrics/neighbours";
import { METRIC_CODE_VERSION } from "@/lib/metrics/protocol";
import { realismScores } from "@/lib/metrics/realism";
import type { Sees } from "@/lib/rubrics/rubric";
import type { GramKernel } from "@/lib/numerics/gram";
import {
  EVALUATION_REPORT_VERSION,
  type EvaluationFacts,
  type EvaluationReport,
  type ReportSample,
} from "@/lib/schemas/evaluation-report";
import type { StoredFileRemark } from "@/lib/schemas/reasons/file-remark";

/** The reference with what a report says of it. */
export interface NamedReference extends EvalReference {
  path: string;
  /** File of each row of its features; null where they came ready-made. */
  names: readonly string[] | null;
  notes: StoredFileRemark[];
}

/** What reads the samples: images, whose grader is opened only where a prompt has a truth; or clips. */
export interface ImageReaders {
  kind: "image";
  encoder: Encoder;
  openGrader: () => Promise<ToyboxGrader>;
}
export interface VideoReaders extends ClipReaders {
  kind: "video";
}

export interface EvaluationInput {
  images: SampleSource;
  baseline: SampleSource | null;
  reference: NamedReference | null;
  prompts: { path: string; content: Uint8Array; list: readonly EvalPrompt[] };
  samples: ImageReaders | VideoReaders;
  judge: Pick<AskOptions, "judge" | "client" | "sees" | "concurrency"> | null;
  seed: number;
  maxPixels?: number;
  kernel?: GramKernel;
  software: { salon: string; node: string };
  now: Date;
  onProgress?: (what: string, share: number, note?: string) => void;
  signal?: AbortSignal;
}

export interface Evaluation {
  report: EvaluationFacts;
  images: MeasuredSet;
  baseline: MeasuredSet | null;
}

/**
 * Evaluates a folder of images: matches them to prompts, embeds them, computes every metric that applies, and asks a judge where
 * one is given. Nothing is stored anywhere.
 * @throws SalonError naming the set or file at fault, and what to do about it
 */
export async function evaluateImages(input: EvaluationInput): Promise<Evaluation> {
  const { prompts, samples, seed, kernel, judge, reference, onProgress } = input;
  const { encoder } = samples;
  const texts = new Map(prompts.list.map(({ key, text }) => [key, text]));
  const mine = matchOrExplain(input.images, prompts.list, samples.kind);
  const theirs = input.baseline && matchOrExplain(input.baseline, prompts.list, samples.kind);
  const byKey = new Map(prompts.list.map((prompt) => [prompt.key, prompt]));
  const isGraded = samples.kind === "image" && prompts.list.some(({ truth }) => truth !== null);
  const grader = isGraded ? await samples.openGrader() : null;
  const measure = (source: SampleSource, { matched }: Pick<MatchedImages, "matched">) => {
    const onMeasured = (done: number, total: number) =>
      onProgress?.(`embedding ${source.path}`, done / total, `${done}/${total}`);
    if (samples.kind === "video") {
      const truthOf = (key: string) => byKey.get(key)?.clipTruth ?? null;
      return measureClips(source, matched, { ...samples, truthOf, onProgress: onMeasured });
    }
    const truthOf = (key: string) => byKey.get(key)?.truth ?? null;
    const { maxPixels } = input;
    return measureImages(source, matched, {
      encoder: samples.encoder,
      grader,
      truthOf,
      maxPixels,
      onProgress: onMeasured,
    });
  };
  const images = await measure(input.images, mine);
  const baseline = input.baseline && theirs && (await measure(input.baseline, theirs));
  await grader?.close();
  const metricInput = { images, baseline, reference, encoder, seed, kernel };
  const measured = await featureMetrics({ ...metricInput, onProgress });
  const near = reference && (await besideReference(images, reference, kernel));
  const judged = judge && (await askAboutImages(toJudge(images, baseline, texts), {
    ...judge,
    signal: input.signal,
    onProgress: (done, total) => onProgress?.("asking the judge", done / total, `${done}/${total}`),
  })); // prettier-ignore
  const promptsHash = sha256(prompts.content);
  const withImage = new Set(images.images.map(({ key }) => key));
  const report: EvaluationFacts = {
    kind: "salon-evaluation",
    version: EVALUATION_REPORT_VERSION,
    createdAt: input.now.toISOString(),
    level: 0.95,
    software: { ...input.software, metrics: METRIC_CODE_VERSION },
    seed,
    encoder: {
      id: encoder.id,
      dimension: encoder.dimension,
      preprocessing: encoder.preprocessing,
      distanceLabel: encoder.distanceLabel,
      reads: samples.kind,
    },
    prompts: {
      path: prompts.path,
      sha256: promptsHash,
      count: prompts.list.length,
      matched: withImage.size,
      without: prompts.list.filter(({ key }) => !withImage.has(key)).slice(0, 20).map(({ key }) => key), // prettier-ignore
      texts: Object.fromEntries([...texts].filter(([key]) => withImage.has(key))),
    },
    images: setFacts(images),
    reference: reference && {
      path: reference.path,
      manifest: reference.manifest,
      images: reference.features?.n ?? null,
      notes: reference.notes,
    },
    baseline: baseline && setFacts(baseline),
    common: baseline && idsOf(baseline).filter((id) => new Set(idsOf(images)).has(id)).length,
    judge: judged?.calls ?? null,
    metrics: [
      ...measured,
      ...judgeMetrics(images.images, judged, {
        hasBaseline: baseline !== null,
        promptsHash,
        sees: judge?.sees ?? "image",
      }),
      ...truthMetrics(images, baseline, grader?.id ?? null, promptsHash),
      ...(samples.kind === "video" ? clipMetrics(images, baseline, samples, promptsHash) : []),
      ...styleMetrics(
        images,
        baseline,
        promptsHash,
        samples.kind === "video" ? "middle frame, own size" : "own size",
      ),
    ],
    curve: reference ? await curveOf(images, reference, seed, kernel) : [],
    samples: samplesOf(images, near, judged, reference),
    leftOut: [
      ...mine.leftOut,
      ...images.unreadable,
      ...(theirs?.leftOut ?? []),
      ...(baseline?.unreadable ?? []),
    ],
  };
  return { report, images, baseline };
}

const idsOf = ({ images }: MeasuredSet) => images.map(imageId);

const setFacts = ({ path, manifest, images, forensics }: MeasuredSet) => ({
  path,
  manifest,
  images: images.length,
  notes: forensics.remarks,
});

/** @throws FileError showing some names beside some keys when none match */
function matchOrExplain(source: SampleSource, prompts: readonly EvalPrompt[], kind: "image" | "video") {
  const names = source.files.map(({ name }) => name);
  const found = matchImages(names, prompts);
  if (!found.hasImages) {
    const wanted = kind === "image" ? "images: .png, .jpg, .jpeg and .webp files are read." : "videos.";
    throw new FileError(source.path, `holds no ${wanted}`);
  }
  const leftOut = found.leftOut.map(({ file, reason }) => ({ file: `${source.path}/${file}`, reason }));
  if (found.matched.length > 0) return { matched: found.matched, leftOut };
  const some = (list: string[]) => list.slice(0, 3).join(", ") + (list.length > 3 ? ", ..." : "");
  const keys = prompts.map(({ key }) => key);
  throw new FileError(
    source.path,
    `no image matches a prompt. Images are named ${some(names)}; prompts have the keys ${some(keys)}. ` +
      `${found.leftOut[0].reason} Name images KEY.png, KEY_0.png or KEY/0.png, or give the prompts keys that fit.`,
  );
}

/** The nearest reference image of each image and its realism; nulls where the reference has too few for them. */
async function besideReference(images: MeasuredSet, { features }: NamedReference, kernel?: GramKernel) {
  if (features === null) return null;
  const { squaredDistances, indices } = await nearestNeighbours(images.features, features, 1, { kernel });
  const realism = await orNull(() => realismScores(features, images.features, { kernel }));
  return { distances: squaredDistances.map(Math.sqrt), indices, realism };
}

async function curveOf(
  images: MeasuredSet,
  { prepared }: NamedReference,
  seed: number,
  kernel?: GramKernel,
): Promise<EvaluationReport["curve"]> {
  const found = await orNull(() => frechetInfinity(images.features, prepared, { seed, kernel }));
  return found?.curve.map(({ n, distance }) => ({ n, distance })) ?? [];
}

async function orNull<T>(compute: () => Promise<T>): Promise<T | null> {
  try {
    return await compute();
  } catch (error) {
    if (error instanceof MetricError && error.reason === "TOO_FEW") return null;
    throw error;
  }
}

function toJudge(images: MeasuredSet, baseline: MeasuredSet | null, texts: ReadonlyMap<string, string>) {
  const theirs = new Map(baseline?.images.map((image) => [imageId(image), image.name]));
  return images.images.map((image) => {
    const other = theirs.get(imageId(image));
    const prompt = texts.get(image.key);
    if (prompt === undefined) throw new SalonError("internal", `The prompt ${image.key} has no text.`);
    return {
      id: imageId(image),
      prompt,
      show: (sees: Sees) => images.show(image.name, sees),
      showBaseline:
        baseline === null || other === undefined ? null : (sees: Sees) => baseline.show(other, sees),
    };
  });
}

function samplesOf(
  { images }: MeasuredSet,
  near: Awaited<ReturnType<typeof besideReference>>,
  judged: JudgedImages | null,
  reference: NamedReference | null,
): ReportSample[] {
  return images.map((image, row) => {
    const realism = near?.realism?.[row] ?? null;
    return {
      file: image.name,
      key: image.key,
      index: image.index,
      sha256: image.sha256,
      nearest: near && {
        file: reference?.names?.[near.indices[row]] ?? null,
        distance: near.distances[row],
      },
      // A copy of a reference image lies infinitely far inside.
      realism: realism !== null && Number.isFinite(realism) ? realism : null,
      judge: judged?.samples.get(imageId(image)) ?? null,
      pair: judged?.pairs.get(imageId(image)) ?? null,
      correct: image.correct,
    };
  });
}
