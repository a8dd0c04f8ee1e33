/**
 * Lay the contrastive encoder's space flat for /stack: `npx tsx scripts/map-contrastive-space.ts` embeds the first reference
 * images and their own captions with the committed towers and writes the two principal components' plane, with the hashes of
 * the weights, to lib/demos/data, and the sheet of thumbnails to public/stack. Run it whenever the encoder was trained anew.
 */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import sharp from "sharp";
import { captionFromTruth, captionTruth } from "@/generation/world/caption";
import { evaluationScene, referenceImages } from "@/generation/world/evaluation-scenes";
import { INKS, TINTS } from "@/generation/world/palette";
import { openEncoder } from "@/lib/encoders/open-encoder";
import { openTextEncoder } from "@/lib/encoders/text-encoder";
import { principalComponents } from "@/lib/metrics/principal-components";
import { MAP_FACETS, type ContrastiveMap, type MapFacet } from "@/lib/schemas/stack/contrastive-map";
import type { Scene } from "@/lib/schemas/stack/scene";

const ENCODER = "toybox-contrastive";
const CARD = `lib/encoders/weights/${ENCODER}/card.json`;
const MAP = "lib/demos/data/contrastive-map.json";
const SHEET = { file: "public/stack/contrastive-map.webp", url: "/stack/contrastive-map.webp" };
/** The axes are computed from so many pairs; the first of them are shown, as many of each category. */
const PAIRS = 1000;
const SHOWN = 96;
const [COLUMNS, SIDE] = [12, 64];

type Card = {
  files: { encoder: { sha256: string }; text: { sha256: string } };
  figures: ContrastiveMap["figures"];
};
const card = JSON.parse(await readFile(CARD, "utf8")) as Card;
const scenes = Array.from({ length: PAIRS }, (_, index) => evaluationScene(index, "reference"));
const captions = scenes.map((scene) => captionFromTruth(captionTruth(scene)));
const images: Uint8Array[] = [];
for await (const image of referenceImages(PAIRS)) images.push(image);

const towers = [await openEncoder(ENCODER), await openTextEncoder(ENCODER)] as const;
const dimension = towers[0].dimension;
const ofImages = await towers[0].extract(
  images.map((data) => ({ width: SIDE, height: SIDE, data, format: "png" as const })),
);
const ofCaptions = await towers[1].encode(captions);
for (const tower of towers) await tower.close();

const all = new Float32Array(2 * ofImages.length);
all.set(ofImages);
all.set(ofCaptions, ofImages.length);
const { mean, axes, variances, total } = principalComponents(all, dimension, 2);

const rounded = (value: number, digits = 4) => Math.round(value * 10 ** digits) / 10 ** digits;
const row = (features: Float32Array, index: number) =>
  features.subarray(index * dimension, (index + 1) * dimension);
const dot = (a: ArrayLike<number>, b: ArrayLike<number>) => {
  let sum = 0;
  for (let i = 0; i < dimension; i += 1) sum += a[i] * b[i];
  return sum;
};
const onPlane = (features: Float32Array, index: number): [number, number] => {
  const centred = row(features, index).map((value, i) => value - mean[i]);
  return [dot(centred, axes[0]), dot(centred, axes[1])];
};

const facets = ({ objects: [first, ...others], background }: Scene): Record<MapFacet, string> => ({
  things: String(1 + others.length),
  kind: first.kind,
  colour: first.colour,
  background: background.colour,
});

/** Of the images' variance along an axis, the share between the groups of one facet. */
function explained(facet: MapFacet, axis: 0 | 1): number {
  const groups = new Map<string, number[]>();
  scenes.forEach((scene, index) => {
    const group = facets(scene)[facet];
    groups.set(group, [...(groups.get(group) ?? []), onPlane(ofImages, index)[axis]]);
  });
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const values = [...groups.values()].flat();
  const centre = mean(values);
  const all = values.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  const between = [...groups.values()].reduce((sum, group) => sum + group.length * (mean(group) - centre) ** 2, 0); // prettier-ignore
  return between / all;
}

const shown = Array.from({ length: SHOWN }, (_, index) => index);
const nearest = shown.map((index) => {
  const cosines = shown.map((other) => dot(row(ofImages, index), row(ofCaptions, other)));
  // Of equal captions the own one.
  return cosines[index] >= Math.max(...cosines) ? index : cosines.indexOf(Math.max(...cosines));
});
const place = (features: Float32Array, index: number) =>
  onPlane(features, index).map((value) => rounded(value)) as [number, number];

const map: ContrastiveMap = {
  encoder: ENCODER,
  weights: { image: card.files.encoder.sha256, text: card.files.text.sha256 },
  dimension,
  pairs: PAIRS,
  kept: [rounded(variances[0] / total), rounded(variances[1] / total)],
  explained: Object.fromEntries(
    MAP_FACETS.map((facet) => [facet, [rounded(explained(facet, 0), 3), rounded(explained(facet, 1), 3)]]),
  ) as ContrastiveMap["explained"],
  ownIsNearest: nearest.filter((other, index) => captions[other] === captions[index]).length,
  figures: card.figures,
  inks: {
    colour: Object.fromEntries(Object.entries(INKS).map(([name, { fill }]) => [name, fill])),
    background: Object.fromEntries(Object.entries(TINTS).map(([name, [, bottom]]) => [name, bottom])),
  },
  sheet: { url: SHEET.url, columns: COLUMNS, rows: Math.ceil(SHOWN / COLUMNS) },
  points: shown.map((index) => ({
    caption: captions[index],
    image: place(ofImages, index),
    words: place(ofCaptions, index),
    cosine: rounded(dot(row(ofImages, index), row(ofCaptions, index)), 3),
    nearest: nearest[index],
    ...facets(scenes[index]),
  })),
};
await writeFile(MAP, `${JSON.stringify(map)}\n`);

await mkdir("public/stack", { recursive: true });
const sheet = sharp({
  create: { width: COLUMNS * SIDE, height: map.sheet.rows * SIDE, channels: 3, background: "#ffffff" },
}).composite(
  shown.map((index) => ({
    input: Buffer.from(images[index]),
    raw: { width: SIDE, height: SIDE, channels: 3 as const },
    left: (index % COLUMNS) * SIDE,
    top: Math.floor(index / COLUMNS) * SIDE,
  })),
);
await writeFile(SHEET.file, await sheet.webp({ lossless: true, effort: 6 }).toBuffer());
console.log(
  `The plane of ${PAIRS} pairs keeps ${map.kept.map((share) => `${(100 * share).toFixed(1)}%`).join(" and ")}`,
);
