import { createHash } from "node:crypto";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { finished } from "node:stream/promises";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS, RELATIONS, type Scene } from "@/lib/schemas/stack/scene";
import { caption } from "@/generation/world/caption";
import { createRenderer } from "@/generation/world/render";
import { sampleBalancedScene, sampleTrainingScene } from "@/generation/world/scene-sampler";
import { TEXT_LENGTH, tokenize, VOCABULARY_SIZE, WORDS } from "@/generation/world/tokenizer";

/**
 * Writes the arrays that training/ reads: `npx tsx training/export/scenes.ts [folder = training/data] [train = 90000]`.
 * Per split: <split>.images.bin uint8 [N,64,64,3], <split>.tokens.bin uint8 [N,20], <split>.truth.bin int16 [N,18] =
 * objects, relation (-1 none), background, then 3 x (kind, colour, x*16, y*16, size*16), -1 where absent. world.json names it all.
 */
const TRUTH_WIDTH = 18;

function truthRow(scene: Scene): number[] {
  const row = new Array<number>(TRUTH_WIDTH).fill(-1);
  row[0] = scene.objects.length;
  row[1] = scene.relation ? RELATIONS.indexOf(scene.relation) : -1;
  row[2] = BACKGROUNDS.indexOf(scene.background.colour);
  scene.objects.forEach(({ kind, colour, x, y, size }, index) => {
    const fixed = [x, y, size].map((value) => Math.round(value * 16));
    row.splice(3 + index * 5, 5, OBJECT_KINDS.indexOf(kind), COLOURS.indexOf(colour), ...fixed);
  });
  return row;
}

const folder = process.argv[2] ?? "training/data";
const trainCount = Number(process.argv[3] ?? 90_000);
mkdirSync(folder, { recursive: true });
const render = await createRenderer();
const splits: Record<string, { count: number; scene: (index: number) => Scene }> = {
  train: { count: trainCount, scene: (index) => sampleTrainingScene(index) },
  validation: { count: 2_000, scene: (index) => sampleTrainingScene(index, "validation") },
  // What the grader and the encoder learn from: every combination, held-out ones too, since they judge, not draw.
  grader: { count: Math.ceil(trainCount / 3), scene: (index) => sampleBalancedScene(index, "grader") },
  "grader-validation": { count: 3_000, scene: (index) => sampleBalancedScene(10_000_000 + index, "grader") },
};

const files: Record<string, { count: number; sha256: string }> = {};
for (const [name, { count, scene }] of Object.entries(splits)) {
  const hash = createHash("sha256");
  const images = createWriteStream(`${folder}/${name}.images.bin`);
  const tokens = new Uint8Array(count * TEXT_LENGTH);
  const truth = new Int16Array(count * TRUTH_WIDTH);
  for (let index = 0; index < count; index += 1) {
    const drawn = scene(index);
    const pixels = render(drawn);
    hash.update(pixels);
    tokens.set(tokenize(caption(drawn, index % 4 !== 0)), index * TEXT_LENGTH);
    truth.set(truthRow(drawn), index * TRUTH_WIDTH);
    if (!images.write(pixels)) await new Promise<void>((resolve) => images.once("drain", () => resolve()));
  }
  images.end();
  await finished(images);
  writeFileSync(`${folder}/${name}.tokens.bin`, tokens);
  writeFileSync(`${folder}/${name}.truth.bin`, truth);
  files[name] = { count, sha256: hash.digest("hex") };
  console.log(`${name}: ${count} scenes`);
}
const contract = { textLength: TEXT_LENGTH, vocabularySize: VOCABULARY_SIZE, words: WORDS };
const lists = { kinds: OBJECT_KINDS, colours: COLOURS, backgrounds: BACKGROUNDS, relations: RELATIONS };
writeFileSync(`${folder}/world.json`, `${JSON.stringify({ ...contract, ...lists, files }, null, 2)}\n`);
