import { expect, test } from "vitest";
import {
  bootstrapFrechetInThread,
  examineSamplesInThread,
  frechetDistanceInThread,
  frechetJackknifeInThread,
} from "@/lib/encoders/compute-thread";
import { bootstrapFrechet } from "@/lib/metrics/bootstrap-frechet";
import { examineSamples } from "@/lib/metrics/examine-samples";
import { featureSet } from "@/lib/metrics/features";
import { frechetDistance, gaussianOf } from "@/lib/metrics/frechet-distance";
import { frechetJackknife } from "@/lib/metrics/frechet-jackknife";
import { momentsOf } from "@/lib/metrics/moments";
import { onnxGram, openOnnxGram } from "@/lib/encoders/onnx-gram";
import { simdGram } from "@/lib/numerics/gram";
import { NumpyRandomState } from "./numpy-random";

const rows = (n: number, d: number, seed: number) => new NumpyRandomState(seed).normals(n * d);

test("a thread gives the same distance and interval, and the caller's event loop goes on", async () => {
  const [a, b] = [1, 2].map((seed) => gaussianOf(momentsOf(rows(400, 200, seed), 200)));
  let beats = 0;
  const timer = setInterval(() => beats++, 5);
  expect(await frechetDistanceInThread(a, b)).toBe(await frechetDistance(a, b, { kernel: onnxGram }));
  clearInterval(timer);
  expect(beats).toBeGreaterThan(3);
  const set = featureSet(rows(60, 8, 3), 8);
  const reference = gaussianOf(momentsOf(rows(90, 8, 4), 8));
  expect(await frechetJackknifeInThread(set, reference)).toEqual(await frechetJackknife(set, reference));
});

test("an error in the thread arrives, and an abort ends it", async () => {
  const [a, b] = [1, 2].map((seed) => gaussianOf(momentsOf(rows(9, 2 + seed, seed), 2 + seed)));
  await expect(frechetDistanceInThread(a, b)).rejects.toMatchObject({
    name: "MetricError",
    reason: "DIMENSION",
    message: expect.stringContaining("3 and 4 dimensions") as string,
  });
  const stop = new AbortController();
  const running = frechetDistanceInThread(a, a, stop.signal);
  stop.abort(new Error("cancelled"));
  await expect(running).rejects.toThrow("cancelled");
});

test("both Gram kernels give the same products", async () => {
  const gram = await openOnnxGram({ threads: 1 });
  for (const [m, n, d] of [
    [3, 5, 7],
    [64, 33, 300],
  ]) {
    const [a, b] = [rows(m, d, 1), rows(n, d, 2)];
    const [fast, plain] = [await gram(a, m, b, n, d), await simdGram(a, m, b, n, d)];
    plain.forEach((value, i) => expect(Math.abs(fast[i] - value)).toBeLessThan(1e-11));
  }
});

test("a bootstrap and an examination in a thread give what they give here, and the event loop goes on", async () => {
  const features = rows(300, 12, 5);
  const reference = gaussianOf(momentsOf(rows(200, 12, 6), 12));
  const options = { seed: 3, resamples: 40 };
  const input = {
    distanceReference: reference,
    real: featureSet(rows(200, 12, 6), 12),
    fake: featureSet(features, 12),
    seed: 0,
  };
  let beats = 0;
  const timer = setInterval(() => beats++, 5);
  const [interval, examination] = await Promise.all([
    bootstrapFrechetInThread(features, 12, reference, options),
    examineSamplesInThread(input),
  ]);
  clearInterval(timer);
  expect(beats).toBeGreaterThan(10);
  expect(interval).toEqual(await bootstrapFrechet(features, 12, reference, options));
  expect(examination).toEqual(await examineSamples({ ...input, kernel: onnxGram }));
});
