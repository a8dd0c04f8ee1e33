/**
 * Memory of decoding clips of growing length window by window (generation/clips/clip-decoder.ts): latent frames of noise go in one at a
 * time, frames are counted and dropped. Flat memory is that of one window, however long the clip.
 * Run: node --expose-gc --import tsx tests/bench/generation/clip-memory.ts [models folder] [threads]
 */
import path from "node:path";
import { ClipDecoder } from "@/generation/clips/clip-decoder";
import { ModelLibrary } from "@/generation/model-library";
import { batchNoise } from "@/generation/samplers/random";

const modelsDir = path.resolve(process.argv[2] ?? "generation/models");
const threads = process.argv[3] === undefined ? undefined : Number(process.argv[3]);
const LATENT_FRAMES = [5, 17, 65, 257, 1025];

const library = await ModelLibrary.open(modelsDir, { threads });
const card = library.videos.list().find((each) => "decoder" in each);
if (card === undefined) throw new Error(`No video model with an autoencoder in ${modelsDir}.`);
const model = await library.videos.load(card.id);
if (!("decode" in model)) throw new Error(`${card.id} has no decoder.`);
const { decode: decodeWindow } = model;
const [latents, ...shape] = model.card.sampleShape;
const noise = batchNoise(
  [1],
  shape.reduce((product, side) => product * side, 1),
);

const megabytes = (bytes: number) => (bytes / 2 ** 20).toFixed(1);
async function decode(count: number) {
  const decoder = new ClipDecoder(decodeWindow, latents);
  let frames = 0;
  let [rss, buffers] = [0, 0];
  for (let at = 0; at < count; at += 1) {
    frames += (await decoder.take([noise()])).length;
    if (at % latents > 0) continue;
    // What is only waiting to be collected is not held.
    globalThis.gc?.();
    const now = process.memoryUsage();
    [rss, buffers] = [Math.max(rss, now.rss), Math.max(buffers, now.arrayBuffers)];
  }
  frames += (await decoder.end()).length;
  return { frames, rss, buffers };
}

await decode(latents);
console.log("| frames | most memory held in buffers, MB | highest RSS, MB |");
console.log("| ---: | ---: | ---: |");
for (const count of LATENT_FRAMES) {
  const { frames, rss, buffers } = await decode(count);
  console.log(`| ${frames} | ${megabytes(buffers)} | ${megabytes(rss)} |`);
}
await library.close();
