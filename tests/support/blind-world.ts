import { joinBoards } from "./join-boards";
import sharp from "sharp";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { inTransaction, type Db } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { encodersInUse } from "@/lib/references/encoders-in-use";
import { featuresId } from "@/lib/encoders/features-id";
import { seededRandom } from "@/lib/numerics/random";
import "./arena-fixture"; // secret and data folder

export type BlindWorld = {
  board: string;
  boardId: string;
  promptSetId: string;
  models: { id: string; slug: string; runId: string }[];
  submitterId: string;
};

/** How a model's samples come: what the file says, not what it shows. */
export type Habit = { width: number; height: number; format: "png" | "webp" | "jpeg" };
const PLAIN: Habit = { width: 64, height: 64, format: "png" };

/**
 * The text-to-image board with so many prompts in the arena and as many outside it, in turn, and scored, examined runs of listed
 * models over all of them. Every sample is noise of one distribution: no model has a style, so whoever names a side has found a leak.
 * The first two models are a visitor's. Of the first model there is also a demonstration image, the very bytes of an arena sample.
 */
export async function makeBlindWorld(
  db: Db,
  size: { prompts: number; habits: (Habit | undefined)[] },
): Promise<BlindWorld> {
  const [promptSetId, boardId, submitterId] = [newId("promptSet"), newId("board"), newId("voter")];
  const generator = seededRandom(2026);
  const random = () => generator.uniform();
  await db.voter.create({ data: { id: submitterId } });
  await db.promptSet.create({ data: { id: promptSetId, slug: "toybox-v1", name: "Toybox" } });
  await db.board.create({
    data: {
      id: boardId,
      slug: "text-to-image",
      name: "Text to image",
      description: "",
      modality: "TEXT_TO_IMAGE",
      promptSetId,
    },
  });
  const prompts = Array.from({ length: 2 * size.prompts }, (_, index) => ({
    id: newId("prompt"),
    promptSetId,
    index,
    text: `prompt ${index}`,
    category: index % 4 < 2 ? "relation" : "colour",
    arena: index % 2 === 0,
  }));
  await db.prompt.createMany({ data: prompts });
  const models: BlindWorld["models"] = [];
  for (const [i, habit = PLAIN] of size.habits.entries()) {
    const model = await addModel(db, { i, habit, promptSetId, submitterId: i < 2 ? submitterId : null });
    const samples = await addSamples(db, { ...model, prompts, habit, random });
    await examine(db, model.runId, samples);
    models.push(model);
    if (i === 0) await addDemo(db, { model: model.slug, prompt: prompts[0].text, sample: samples[0] });
  }
  await joinBoards(db);
  return { board: "text-to-image", boardId, promptSetId, models, submitterId };
}

async function addModel(
  db: Db,
  facts: { i: number; habit: Habit; promptSetId: string; submitterId: string | null },
): Promise<BlindWorld["models"][number]> {
  const { i, habit, promptSetId, submitterId } = facts;
  const model = { id: newId("model"), slug: `codename-${i}`, runId: newId("run") };
  await db.model.create({
    data: {
      id: model.id,
      slug: model.slug,
      name: `Codename ${i}`,
      creator: `Creator ${i}`,
      modality: "TEXT_TO_IMAGE",
      listed: true,
      pricePerImageUsd: 0.01 * (i + 1),
      submitterId,
      endpoint: {
        create: {
          id: newId("endpoint"),
          baseUrl: "http://localhost/v1",
          providerModel: "secret-provider-name",
          imageSize: `${habit.width}x${habit.height}`,
        },
      },
    },
  });
  await db.run.create({
    data: { id: model.runId, modelId: model.id, promptSetId, promptCount: 1_000, state: "PUBLISHED" },
  });
  return model;
}

type StoredSample = { id: string; arena: boolean; artifactHash: string };

async function addSamples(
  db: Db,
  of: {
    id: string;
    runId: string;
    prompts: { id: string; arena: boolean }[];
    habit: Habit;
    random: () => number;
  },
): Promise<StoredSample[]> {
  const { width, height } = of.habit;
  const mediaType = `image/${of.habit.format}`;
  const images = await Promise.all(of.prompts.map(() => noise(of.habit, of.random)));
  const hashes = await inTransaction(
    (tx) => keepArtifacts(images.map((bytes) => ({ bytes, row: { mediaType, width, height } })), tx), // prettier-ignore
    db,
  );
  const samples = of.prompts.map(({ id: promptId }, at) => ({
    id: newId("sample"),
    runId: of.runId,
    modelId: of.id,
    promptId,
    artifactHash: hashes[at],
    latencyMs: 100,
  }));
  await db.sample.createMany({ data: samples });
  return samples.map(({ id, artifactHash }, at) => ({ id, artifactHash, arena: of.prompts[at].arena }));
}

/** Noise in blocks of an eighth of each side, and within the blocks, so that a scaled image still is its own. */
function noise({ width, height, format }: Habit, random: () => number): Promise<Buffer> {
  const coarse = Array.from({ length: 64 * 3 }, () => Math.floor(random() * 200));
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < data.length; at++) {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    const block = Math.floor((8 * y) / height) * 8 + Math.floor((8 * x) / width);
    data[at] = coarse[3 * block + (at % 3)] + Math.floor(random() * 40);
  }
  const image = sharp(data, { raw: { width, height, channels: 3 } });
  if (format === "jpeg") return image.jpeg({ quality: 95 }).toBuffer();
  return format === "webp" ? image.webp({ lossless: true }).toBuffer() : image.png().toBuffer();
}

/** What a run's page would show: samples of the arena are among the duplicates, the flat ones, the damaged and the most realistic. */
async function examine(db: Db, runId: string, samples: StoredSample[]): Promise<void> {
  const ids = samples.map(({ id }) => id);
  const looked = samples.slice(0, 24).map(({ id: sampleId }) => ({ sampleId, score: 1, neighbours: [] }));
  await db.runExamination.create({
    data: {
      runId,
      inputsHash: "",
      forensics: {
        n: samples.length,
        badge: "look",
        formats: {},
        resolutions: {},
        exactDuplicates: [ids.slice(0, 4)],
        nearDuplicates: [ids.slice(4, 8)],
        narrowRange: ids.slice(0, 8),
        corrupt: [{ name: ids[0], reason: "damaged" }],
        remarks: [],
      },
    },
  });
  const [encoder] = await encodersInUse("image", db);
  await db.encoderExamination.create({
    data: {
      runId,
      encoderId: featuresId(encoder),
      distanceLabel: "fd",
      inputsHash: "",
      metrics: [],
      images: { most: looked, least: looked, closest: looked },
      influences: {},
    },
  });
}

async function addDemo(db: Db, of: { model: string; prompt: string; sample: StoredSample }): Promise<void> {
  await db.demoImage.create({
    data: {
      id: newId("demoImage"),
      model: of.model,
      weights: "w",
      prompt: of.prompt,
      seed: 1,
      sampler: "euler",
      steps: 20,
      guidanceScale: 3,
      artifactHash: of.sample.artifactHash,
    },
  });
}
