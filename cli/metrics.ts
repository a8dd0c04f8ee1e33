import type { Command } from "commander";
import { InvalidArgumentError } from "commander";
import { caveatText } from "@/components/caveat-text";
import { fileRemarkText } from "@/components/runs/file-remark-text";
import { FileError } from "@/lib/media/files/file-error";
import { onnxGram } from "@/lib/encoders/onnx-gram";
import { gaussianOfFeatures, prepareReference, type PreparedReference } from "@/lib/metrics/frechet-distance";
import { MetricError } from "@/lib/metrics/metric-error";
import { protocolKey } from "@/lib/metrics/protocol";
import { METRICS, METRIC_NAMES, type ComputedMetric, type MetricName } from "@/lib/metrics/registry";
import type { TemporalProbe } from "@/lib/metrics/motion/temporal-probe";
import { kvdName } from "@/lib/schemas/metrics/kernel-distance";
import { count, withEncoderOptions } from "./fd";
import type { EncoderFlags, MetricSet } from "./metric-input";
import {
  EncoderOnce,
  gaussianOfSet,
  isReadyMade,
  orExit,
  readMetricSet,
  requireSameDimension,
  requireSeveral,
  shown,
} from "./metric-input";
import { comparison, differenceRows, requireComparableSets } from "./metric-difference";
import { temporalResult, temporalRows, type TemporalResult } from "./metric-temporal";
import { ProgressBar } from "./progress";

interface MetricsFlags extends EncoderFlags {
  real: string;
  fake: string;
  metrics?: MetricName[];
  seed: number;
  kidSubsetSize?: number;
  against?: string;
  temporal: boolean;
  json: boolean;
}

/** `is` needs a classifier, so it is computed by default only where the encoder is one. */
const DEFAULT_METRICS: MetricName[] = ["fd", "kid", "pr", "prdc", "c2st", "authpct"];

/** Adds `salon metrics --real A --fake B`: any of the registered metrics. Exit code 2 names the file at fault. */
export function registerMetrics(program: Command): void {
  const command = program
    .command("metrics")
    .description("Distances, precision and recall, separability and more between real and generated samples.")
    .requiredOption("--real <set>", "reference: folder, .zip or .tar of images or videos, or .npy features")
    .requiredOption("--fake <set>", "generated samples, likewise")
    .option("--metrics <names>", `comma separated: ${METRIC_NAMES.join(", ")}`, metricNames)
    .option("--against <set>", "another model's samples: print the difference of each metric, paired by name")
    .option(
      "--temporal",
      "video: also the distance of the same videos with frames shuffled and frozen, which a metric that sees motion must notice, and its content bias",
      false,
    )
    .option(
      "--kid-subset-size <count>",
      "samples in each of KID's subsets; the published 1000 unless told",
      count(2),
    )
    .option("--seed <seed>", "seed of subsets, folds and shuffled frames", count(0), 0);
  withEncoderOptions(command)
    .option("--json", "print JSON", false)
    .action((flags: MetricsFlags) => orExit(() => metrics(flags)));
}

function metricNames(text: string): MetricName[] {
  const names = text.split(",").map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(METRICS, name));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`${unknown} is none of ${METRIC_NAMES.join(", ")}.`);
  return names as MetricName[];
}

async function metrics(flags: MetricsFlags): Promise<string> {
  const encoder = new EncoderOnce(flags);
  const bar = new ProgressBar("");
  try {
    const probe = (...ways: TemporalProbe[]) => (flags.temporal ? { seed: flags.seed, ways } : undefined);
    // Of features or statistics that came ready-made it is not known what they would be with the videos frozen.
    const real = await readMetricSet(
      flags.real,
      encoder,
      isReadyMade(flags.real) ? {} : { probe: probe("frozen") },
    );
    const fake = await readMetricSet(flags.fake, encoder, { probe: probe("shuffled", "frozen") });
    requireSameDimension(real, fake);
    const other = flags.against === undefined ? null : await readMetricSet(flags.against, encoder);
    if (other) requireComparableSets(fake, other);
    if (!fake.features) throw new FileError(flags.fake, "holds statistics only; these metrics need samples.");
    for (const set of [real, fake, ...(other ? [other] : [])]) requireSeveral(set);
    const names = flags.metrics ?? [...DEFAULT_METRICS, ...(fake.logits ? (["is"] as const) : [])];
    const { id, preprocessing, distanceLabel } = await encoder.facts();
    const reference = await prepareReference(gaussianOfSet(real), { kernel: onnxGram });
    const n = fake.features.n;
    const protocolOf = (metric: string) =>
      protocolKey({ metric, encoder: id, preprocessing, samples: n, reference: real.manifest });
    const result: Record<string, unknown> = {};
    const rows: string[][] = [];
    const compute = async (name: MetricName, set: MetricSet) => {
      const metric = METRICS[name];
      requireNeeds(name, metric, real, set);
      const progress = new ProgressBar(metric.label);
      const value = await computeNaming(set.path, real.path, () =>
        metric.compute({
          reference,
          real: real.features,
          fake: set.features ?? neverMissing(),
          fakeLogits: set.logits,
          seed: flags.seed,
          kidSubset: flags.kidSubsetSize,
          kernel: onnxGram,
          onProgress: (share) => progress.update(share),
        }),
      );
      progress.end();
      return value;
    };
    for (const name of names) {
      const value = await compute(name, fake);
      const size = name === "kid" ? flags.kidSubsetSize : undefined;
      const protocol = protocolOf(METRICS[name].protocol + (size === undefined ? "" : `, here of ${size}`));
      const caveat = value.caveat && caveatText(value.caveat);
      const ofVideos = name === "kid" ? kvdName(distanceLabel)?.replace("kvd", "KVD") : undefined;
      const label = name === "fd" ? distanceLabel : ofVideos;
      const against = other && comparison(value, await compute(name, other), fake, other);
      result[name] = {
        ...value.numbers,
        ...(label !== undefined && { label }),
        n,
        protocol,
        caveat,
        ...(against ? { against } : {}),
      };
      Object.entries(value.numbers).forEach(([key, number], i) => {
        rows.push([i === 0 ? (ofVideos ?? METRICS[name].label) : "", key, shown(number)]);
      });
      if (against) rows.push(...differenceRows(against));
      if (caveat) rows.push(["", "caveat", caveat]);
    }
    if (flags.temporal) {
      const { frames } = await encoder.video();
      const { seed } = flags;
      const protocol = protocolOf(`fd/temporal probe, ${frames} frames, seed ${seed}`);
      const temporal = await temporalOf(fake, real, reference, { frames, seed, protocol });
      result.temporal = temporal;
      rows.push(...temporalRows(temporal));
    }
    if (flags.json) {
      result.inputs = {
        encoder: id,
        preprocessing,
        real: inputFacts(real),
        fake: inputFacts(fake),
        ...(other ? { against: inputFacts(other) } : {}),
        seed: flags.seed,
      };
      return `${JSON.stringify(result, null, 2)}\n`;
    }
    const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column].length)));
    const lines = rows.map(
      ([title, key, value]) => `${title.padEnd(widths[0])}  ${key.padEnd(widths[1])}  ${value}`,
    );
    const notes = [real, fake, ...(other ? [other] : [])].flatMap(({ path, forensics, remarks }) =>
      [...remarks, ...(forensics?.remarks ?? []).map(fileRemarkText)].map((text) => `${path}: ${text}`),
    );
    return `${[...lines, `n = ${n}, encoder ${id}, ${preprocessing}`, ...notes].join("\n")}\n`;
  } finally {
    bar.end();
    await encoder.close();
  }
}

/** Of videos that were read with their motion broken. */
function temporalOf(
  fake: MetricSet,
  real: MetricSet,
  reference: PreparedReference,
  options: { frames: number; seed: number; protocol: string },
): Promise<TemporalResult> {
  const { features: plain, probed } = fake;
  const { shuffled = neverMissing(), frozen = neverMissing() } = probed ?? {};
  const frozenReal = real.probed?.frozen;
  return computeNaming(fake.path, real.path, () =>
    temporalResult({ plain: plain ?? neverMissing(), shuffled, frozen }, reference, {
      ...options,
      frozenReference: frozenReal && gaussianOfFeatures(frozenReal),
      kernel: onnxGram,
    }),
  );
}

function neverMissing(): never {
  throw new TypeError("The generated features were checked above.");
}

function requireNeeds(name: MetricName, { needs }: ComputedMetric, real: MetricSet, fake: MetricSet): void {
  if (needs === "features" && !real.features) {
    throw new FileError(real.path, `holds statistics only; ${name} needs samples.`);
  }
  if (needs === "logits" && !fake.logits) {
    throw new FileError(
      fake.path,
      `gives no class logits; ${name} needs images and a classifier such as inception-v3-2015-12-05.`,
    );
  }
}

/** A set that is too small is the input's fault: the message names it, or both where it is not one of them alone. */
async function computeNaming<T>(fake: string, real: string, compute: () => T | Promise<T>): Promise<T> {
  try {
    return await compute();
  } catch (error) {
    if (!(error instanceof MetricError)) throw error;
    const at = { real, generated: fake, both: `${fake} against ${real}` }[error.set ?? "both"];
    const way = error.reason === "TOO_FEW" ? " --metrics chooses others." : "";
    throw new FileError(at, `${error.message}${way}`, { cause: error });
  }
}

function inputFacts({ path, manifest, features, forensics, remarks }: MetricSet) {
  return {
    path,
    n: features?.n ?? null,
    manifest,
    badge: forensics?.badge ?? null,
    resolutions: forensics?.resolutions ?? null,
    formats: forensics?.formats ?? null,
    remarks: [...remarks, ...(forensics?.remarks ?? []).map(fileRemarkText)],
  };
}
