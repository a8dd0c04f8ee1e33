import "@/bin/no-telemetry.mjs";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import * as ort from "onnxruntime-node";
import { REFERENCE_CLIP_COUNT, referenceClips } from "@/generation/world/motion/evaluation-clips";
import { encodeNpy } from "@/lib/encoders/files/npy";
import { CLIP_FRAMES } from "@/lib/schemas/stack/clip";

/**
 * Writes the reference of FVD-toybox: `npx tsx training/export/clip-reference.ts [clips]`. Renders the reference split, embeds every
 * clip with the committed encoder as it is and frozen at its middle frame, and stores beside it float64 mean and covariance (n - 1
 * in the divisor) of both, and the features of the clips as they are (float32 [n, 64], what the kernel distance needs).
 * manifestSha256 is the sha256 of the clips' own sha256 (of their frames' bytes; hex, one a line), extractorSha256 that of the
 * encoder's file.
 */
const FOLDER = "lib/encoders/weights/toybox-video-encoder";
const NAME = "reference-toybox-clips-v1";
const BATCH = 20;
const PIXELS = 64 * 64;
const MIDDLE = CLIP_FRAMES >> 1;

const count = Number(process.argv[2] ?? REFERENCE_CLIP_COUNT);
const model = readFileSync(`${FOLDER}/toybox-video-encoder.onnx`);
const session = await ort.InferenceSession.create(model, { intraOpNumThreads: 2 });

/** Frames' RGB bytes, row by row -> float32 planes in [-1, 1], [clips, 17, 3, 64, 64]. */
function planes(clips: Uint8Array[][]): Float32Array {
  const values = new Float32Array(clips.length * CLIP_FRAMES * 3 * PIXELS);
  clips.flat().forEach((frame, at) => {
    for (let pixel = 0; pixel < PIXELS; pixel += 1)
      for (let channel = 0; channel < 3; channel += 1)
        values[(at * 3 + channel) * PIXELS + pixel] = frame[pixel * 3 + channel] / 127.5 - 1;
  });
  return values;
}

async function embed(clips: Uint8Array[][]): Promise<Float32Array[]> {
  const clip = new ort.Tensor("float32", planes(clips), [clips.length, CLIP_FRAMES, 3, 64, 64]);
  const { dims, data } = (await session.run({ clip })).features;
  return clips.map((_, at) => (data as Float32Array).slice(at * dims[1], (at + 1) * dims[1]));
}

function statistics(rows: Float32Array[]) {
  const mean = Array.from(rows[0], (_, i) => rows.reduce((sum, row) => sum + row[i], 0) / rows.length);
  const product = (i: number, j: number) =>
    rows.reduce((sum, row) => sum + (row[i] - mean[i]) * (row[j] - mean[j]), 0) / (rows.length - 1);
  return { mean, covariance: mean.map((_, i) => mean.map((_, j) => product(i, j))) };
}

const manifest = createHash("sha256");
const plain: Float32Array[] = [];
const frozen: Float32Array[] = [];
let batch: Uint8Array[][] = [];
const flush = async () => {
  plain.push(...(await embed(batch)));
  frozen.push(...(await embed(batch.map((frames) => frames.map(() => frames[MIDDLE])))));
  batch = [];
  if (plain.length % 500 === 0) console.log(`${plain.length} of ${count} clips`);
};
for await (const { frames } of referenceClips(count)) {
  manifest.update(`${createHash("sha256").update(Buffer.concat(frames)).digest("hex")}\n`);
  batch.push(frames);
  if (batch.length === BATCH) await flush();
}
if (batch.length > 0) await flush();

const width = plain[0].length;
const values = Float32Array.from(
  { length: plain.length * width },
  (_, i) => plain[Math.floor(i / width)][i % width],
);
const features = encodeNpy({ shape: [plain.length, width], data: values });
const written = {
  id: "toybox-clips-v1",
  extractor: "toybox-video-encoder",
  n: plain.length,
  manifestSha256: manifest.digest("hex"),
  extractorSha256: createHash("sha256").update(model).digest("hex"),
  ...statistics(plain),
  frozen: statistics(frozen),
  featuresSha256: createHash("sha256").update(features).digest("hex"),
};
writeFileSync(`${FOLDER}/${NAME}.npy`, features);
writeFileSync(`${FOLDER}/${NAME}.json`, `${JSON.stringify(written)}\n`);
console.log(`${plain.length} clips, manifest ${written.manifestSha256}`);
