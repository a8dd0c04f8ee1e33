import { readFileSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import sharp from "sharp";
import { ProgressBar } from "@/cli/progress";
import { generateImages } from "@/generation/generate-images";
import { ModelLibrary } from "@/generation/model-library";
import { caption } from "@/generation/world/caption";
import { distanceScene, REFERENCE_COUNT } from "@/generation/world/evaluation-scenes";
import { createRenderer, SCENE_SIZE } from "@/generation/world/render";
import { decodeImage, type DecodedImage } from "@/lib/media/decode-image";
import { openEncoder } from "@/lib/encoders/open-encoder";
import { featureSet } from "@/lib/metrics/features";
import { prepareReference } from "@/lib/metrics/frechet-distance";
import { frechetJackknife } from "@/lib/metrics/frechet-jackknife";
import { requireBundledReference } from "@/lib/references/bundled-statistics";

/**
 * FD-toybox of bundled models over many images: `npx tsx scripts/measure-distance.ts MODEL ... [--count 5000] [--drawn]`. Captions of scenes
 * of the reference split that follow the reference's own, one image each, drawn as the backend draws them (own sampler, steps and
 * guidance), or with `--drawn` by training/draw_many.py before; the distance with its jackknife interval goes into the model's card.
 * The model `renders` is the world itself: what a perfect model would get.
 */
const MODELS = "generation/models";
const BATCH = 8;

const { values, positionals: names } = parseArgs({
  options: { count: { type: "string", default: "5000" }, drawn: { type: "boolean", default: false } },
  allowPositionals: true,
});
const count = Number(values.count);
if (names.length === 0 || !(count >= 100)) {
  console.error("usage: npx tsx scripts/measure-distance.ts MODEL ... [--count 5000] [--drawn]");
  process.exit(2);
}

const reference = await prepareReference(await requireBundledReference("toybox-encoder", REFERENCE_COUNT));
const encoder = await openEncoder("toybox-encoder");
const library = await ModelLibrary.open(MODELS);
const scenes = Array.from({ length: count }, (_, index) => distanceScene(index));
const never = new AbortController().signal;

// The world's own drawings are SVG, which decoders of other people's files refuse.
sharp.unblock({ operation: ["VipsForeignLoadSvg"] });
const render = await createRenderer();

/** The images of the captions from `low` to `high`. */
type ImageSource = (low: number, high: number) => Promise<DecodedImage[]>;

const toyboxImage = (data: Uint8Array): DecodedImage => ({
  width: SCENE_SIZE,
  height: SCENE_SIZE,
  data,
  format: "png",
});

const renders: ImageSource = (low, high) =>
  Promise.resolve(scenes.slice(low, high).map((scene) => toyboxImage(render(scene))));

function draw(id: string): ImageSource {
  return async (low, high) => {
    const model = await library.load(id);
    const { default: sampler, steps, guidanceScale } = model.card.sampler;
    const tasks = scenes
      .slice(low, high)
      .map((scene, at) => ({ prompt: caption(scene), seed: low + at, format: "png" as const }));
    const { images } = await generateImages(
      model,
      { sampler, steps, guidanceScale, frames: 0 },
      tasks,
      never,
    );
    return Promise.all(images.map(({ bytes }) => decodeImage(bytes)));
  };
}

/** What training/draw_many.py drew. */
async function readDrawn(id: string): Promise<ImageSource> {
  const bytes = await readFile(`training/data/${id}.pictures.bin`);
  const size = 3 * SCENE_SIZE ** 2;
  if (bytes.length < count * size)
    throw new Error(`${id}: only ${Math.floor(bytes.length / size)} are drawn`);
  return (low, high) =>
    Promise.resolve(
      Array.from({ length: high - low }, (_, at) =>
        toyboxImage(bytes.subarray((low + at) * size, (low + at + 1) * size)),
      ),
    );
}

for (const id of names) {
  const progress = new ProgressBar(id);
  const started = performance.now();
  const features = new Float32Array(count * encoder.dimension);
  const images = id === "renders" ? renders : values.drawn ? await readDrawn(id) : draw(id);
  for (let low = 0; low < count; low += BATCH) {
    const high = Math.min(count, low + BATCH);
    features.set(await encoder.extract(await images(low, high)), low * encoder.dimension);
    progress.update(high / count);
  }
  const { value, low, high } = await frechetJackknife(featureSet(features, encoder.dimension), reference);
  const seconds = Math.round((performance.now() - started) / 1000);
  console.log(
    `${id}: FD-toybox ${value.toFixed(3)} (95%: ${low.toFixed(3)} to ${high.toFixed(3)}), n ${count}, ${seconds} s`,
  );
  if (id !== "renders") writeCard(id, { value, low, high });
}

function writeCard(id: string, estimate: { value: number; low: number; high: number }): void {
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map(
    (number) => Math.round(1000 * number) / 1000,
  );
  const file = `${MODELS}/${id}/card.json`;
  const card = JSON.parse(readFileSync(file, "utf8")) as { figures: Record<string, unknown> };
  const howMeasured = `scripts/measure-distance.ts: one image for each of ${count} captions of the reference's distribution, ${values.drawn ? "drawn by PyTorch in bf16" : "as served"}, against ${REFERENCE_COUNT} renders; 95% jackknife`;
  card.figures.fdToyboxOfMany = { n: count, value, interval: [low, high], howMeasured };
  writeFileSync(file, `${JSON.stringify(card, null, 2)}\n`);
  const text = readFileSync(`${MODELS}/${id}/card.md`, "utf8")
    .replace(/\| fdToybox of .*\n/, "")
    .replace(
      "| howMeasured |",
      `| fdToybox of ${count} images | ${value} (95%: ${low} to ${high}) against ${REFERENCE_COUNT} renders |\n| howMeasured |`,
    );
  writeFileSync(`${MODELS}/${id}/card.md`, text);
}
await encoder.close();
