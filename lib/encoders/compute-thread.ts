import "@/bin/no-telemetry.mjs";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { BootstrapInterval, BootstrapOptions } from "@/lib/metrics/bootstrap-frechet";
import type { Estimate } from "@/lib/metrics/estimate";
import type { ExaminationInput, SampleExamination } from "@/lib/metrics/examine-samples";
import type { FeatureSet } from "@/lib/metrics/features";
import type { Gaussian } from "@/lib/metrics/frechet-distance";
import type { FeatureArray, MetricErrorReason } from "@/lib/metrics/metric-error";
import { MetricError } from "@/lib/metrics/metric-error";
import type { ProbedDistances, ProbedFeatures } from "@/lib/metrics/motion/temporal-probe";
import type { AnalysedSnapshot, analyseSnapshot } from "@/lib/ratings/analysis/analyse-snapshot";
import type { PairCount } from "@/lib/ratings/pair-counts";

interface Answer<T> {
  value: T;
  error?: { message: string; reason?: MetricErrorReason; stack?: string };
}

/**
 * Calls an exported function of a module of lib in a thread of its own; arguments and result are copied.
 * @param module its path in lib, without ".ts"
 * @param options its last argument, with onnxruntime's kernel for the large products; null: it has none
 */
function callInThread<T>(
  module: string,
  name: string,
  args: unknown[],
  options: object | null,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const entry = new URL("./compute-thread-entry.mjs", import.meta.url);
    const worker = new Worker(entry, {
      execArgv: [],
      env: { TSX_TSCONFIG_PATH: fileURLToPath(new URL("../../tsconfig.json", import.meta.url)) },
      workerData: { module, name, args, options },
    });
    const stop = () => void worker.terminate();
    signal?.addEventListener("abort", stop, { once: true });
    worker.once("message", ({ value, error }: Answer<T>) => {
      if (!error) resolve(value);
      else if (error.reason) reject(new MetricError(error.reason, error.message));
      else reject(Object.assign(new Error(error.message), { stack: error.stack }));
      stop();
    });
    worker.once("error", reject);
    worker.once("exit", () => {
      signal?.removeEventListener("abort", stop);
      // After a message this changes nothing: a promise settles once.
      reject(
        signal?.aborted ? signal.reason : new Error(`The thread computing ${name} ended without a result.`),
      );
    });
  });
}

/**
 * {@link import("@/lib/metrics/frechet-distance").frechetDistance} off the event loop: seconds of arithmetic at
 * 2048 features would otherwise stop heartbeats and timers.
 */
export function frechetDistanceInThread(a: Gaussian, b: Gaussian, signal?: AbortSignal): Promise<number> {
  return callInThread("metrics/frechet-distance", "frechetDistance", [a, b], {}, signal);
}

/** {@link import("@/lib/metrics/frechet-jackknife").frechetJackknife} off the event loop. */
export function frechetJackknifeInThread(
  set: FeatureSet,
  reference: Gaussian,
  options: { groups?: number; level?: number } = {},
  signal?: AbortSignal,
): Promise<Estimate> {
  return callInThread("metrics/frechet-jackknife", "frechetJackknife", [set, reference], options, signal);
}

/** {@link import("@/lib/metrics/bootstrap-frechet").bootstrapFrechet} off the event loop: 200 distances take seconds. */
export function bootstrapFrechetInThread(
  features: FeatureArray,
  dimension: number,
  reference: Gaussian,
  options: BootstrapOptions,
  signal?: AbortSignal,
): Promise<BootstrapInterval> {
  return callInThread(
    "metrics/bootstrap-frechet",
    "bootstrapFrechet",
    [features, dimension, reference],
    options,
    signal,
  );
}

/** {@link import("@/lib/metrics/kernel-distance").kernelDistance} off the event loop. */
export function kernelDistanceInThread(
  real: FeatureSet,
  fake: FeatureSet,
  signal?: AbortSignal,
): Promise<Estimate> {
  return callInThread("metrics/kernel-distance", "kernelDistance", [real, fake], {}, signal);
}

/** {@link import("@/lib/metrics/motion/temporal-probe").probeDistances} off the event loop: some 80 distances. */
export function probeDistancesInThread(
  sets: ProbedFeatures,
  references: { reference: Gaussian; frozenReference: Gaussian | null },
  signal?: AbortSignal,
): Promise<ProbedDistances> {
  return callInThread("metrics/motion/temporal-probe", "probeDistances", [sets, references], {}, signal);
}

/** {@link import("@/lib/metrics/examine-samples").examineSamples} off the event loop. */
export function examineSamplesInThread(
  input: ExaminationInput,
  signal?: AbortSignal,
): Promise<SampleExamination> {
  return callInThread("metrics/examine-samples", "examineSamples", [], input, signal);
}

/** {@link import("@/lib/metrics/examine-samples").examineMetrics} off the event loop. */
export function examineMetricsInThread(
  input: ExaminationInput,
  signal?: AbortSignal,
): Promise<Pick<SampleExamination, "metrics" | "influences">> {
  return callInThread("metrics/examine-samples", "examineMetrics", [], input, signal);
}

/** {@link import("@/lib/ratings/analysis/analyse-snapshot").analyseSnapshot} off the event loop: seconds with 50 models. */
export function analyseSnapshotInThread(
  counts: readonly PairCount[],
  snapshot: AnalysedSnapshot,
  signal?: AbortSignal,
): Promise<ReturnType<typeof analyseSnapshot>> {
  return callInThread(
    "ratings/analysis/analyse-snapshot",
    "analyseSnapshot",
    [counts, snapshot],
    null,
    signal,
  );
}
