import "@/bin/no-telemetry.mjs";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import * as ort from "onnxruntime-node";
import { REFERENCE_COUNT, referenceImages } from "@/generation/world/evaluation-scenes";

/**
 * Writes the reference statistics of FD-toybox: `npx tsx training/export/reference.ts`. Renders the
 * reference split, embeds it with the committed encoder and stores the float64 mean and covariance (n - 1 in the divisor).
 * manifestSha256 is the sha256 of the images' own sha256 (hex, one a line), extractorSha256 that of the encoder's file.
 */
const FOLDER = "lib/encoders/weights/toybox-encoder";
const BATCH = 100;
const PIXELS = 64 * 64;

const model = readFileSync(`${FOLDER}/toybox-encoder.onnx`);
const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 2 });

/** RGB bytes, row by row -> float32 planes in [-1, 1]. */
function planes(images: Uint8Array[]): Float32Array {
  const values = new Float32Array(images.length * 3 * PIXELS);
  images.forEach((image, at) => {
    for (let pixel = 0; pixel < PIXELS; pixel += 1)
      for (let channel = 0; channel < 3; channel += 1)
        values[(at * 3 + channel) * PIXELS + pixel] = image[pixel * 3 + channel] / 127.5 - 1;
  });
  return values;
}

const manifest = createHash("sha256");
const rows: Float64Array[] = [];
let batch: Uint8Array[] = [];
const embed = async () => {
  const image = new ort.Tensor("float32", planes(batch), [batch.length, 3, 64, 64]);
  const features = (await session.run({ image })).features;
  const width = features.dims[1];
  for (let at = 0; at < batch.length; at += 1)
    rows.push(Float64Array.from((features.data as Float32Array).subarray(at * width, (at + 1) * width)));
  batch = [];
};
for await (const image of referenceImages(REFERENCE_COUNT)) {
  manifest.update(`${createHash("sha256").update(image).digest("hex")}\n`);
  batch.push(image);
  if (batch.length === BATCH) await embed();
}
if (batch.length > 0) await embed();

const width = rows[0].length;
const mean = Array.from(
  { length: width },
  (_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length,
);
const covariance = mean.map((_, i) =>
  mean.map(
    (_, j) => rows.reduce((sum, row) => sum + (row[i] - mean[i]) * (row[j] - mean[j]), 0) / (rows.length - 1),
  ),
);
const statistics = {
  id: "toybox-v1",
  extractor: "toybox-encoder",
  n: rows.length,
  manifestSha256: manifest.digest("hex"),
  extractorSha256: createHash("sha256").update(model).digest("hex"),
  mean,
  covariance,
};
writeFileSync(`${FOLDER}/reference-toybox-v1.json`, `${JSON.stringify(statistics)}\n`);
console.log(`${rows.length} images, manifest ${statistics.manifestSha256}`);
