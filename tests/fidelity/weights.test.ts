import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as ort from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { clipReading, gradeClip, type ClipGrade } from "@/lib/encoders/grade-clip";
import { parseNpy } from "@/lib/encoders/files/npy";
import { BACKGROUNDS, COLOURS, OBJECT_KINDS } from "@/lib/schemas/stack/scene";
import { CLIP_TEXT_LENGTH, CLIP_VOCABULARY_SIZE } from "@/generation/world/motion/clip-tokenizer";
import { evaluationScene } from "@/generation/world/evaluation-scenes";
import { clipTruth } from "@/generation/world/motion/clip-caption";
import { REFERENCE_CLIP_COUNT, evaluationClip } from "@/generation/world/motion/evaluation-clips";
import { createClipRenderer } from "@/generation/world/motion/render-clip";
import { createRenderer } from "@/generation/world/render";
import { TEXT_LENGTH, VOCABULARY_SIZE } from "@/generation/world/tokenizer";

interface Card {
  task?: string;
  /** A model without a network of its own names the one that draws for it. */
  drawnBy?: { model: string; sha256: string };
  textLength?: number;
  vocabularySize?: number;
  labels?: Record<string, string[]>;
  files?: Record<string, { path: string; sha256: string; bytes: number }>;
  training: { steps: number; minutes: number };
  figures?: Record<string, number>;
}

const folders = ["generation/models", "generation/judges", "lib/encoders/weights"].flatMap((root) =>
  readdirSync(root)
    .map((name) => `${root}/${name}`)
    .filter((folder) => existsSync(`${folder}/card.json`)),
);
const readCard = (folder: string) => JSON.parse(readFileSync(`${folder}/card.json`, "utf8")) as Card;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

describe.each(folders)("%s", (folder) => {
  const card = readCard(folder);

  test("names its files by their true hash and size, and says how they were trained", () => {
    if (card.drawnBy) {
      const { files } = readCard(`generation/models/${card.drawnBy.model}`);
      expect(card.files).toBeUndefined();
      expect(files!.denoiser.sha256).toBe(card.drawnBy.sha256);
      return;
    }
    for (const { path, sha256: expected, bytes } of Object.values(card.files!)) {
      const file = readFileSync(`${folder}/${path}`);
      expect(file.length).toBe(bytes);
      expect(sha256(file)).toBe(expected);
    }
    expect(card.training.steps).toBeGreaterThan(100);
  });

  test("keeps the tokenizer's and the world's contract", () => {
    // A model may read fewer words than the tokenizer gives.
    if (card.textLength !== undefined) {
      const isOfClips = ["text-to-video", "first-frame"].includes(card.task ?? "");
      expect(card.textLength).toBeLessThanOrEqual(isOfClips ? CLIP_TEXT_LENGTH : TEXT_LENGTH);
      expect(card.vocabularySize).toBe(isOfClips ? CLIP_VOCABULARY_SIZE : VOCABULARY_SIZE);
    }
    if (card.labels)
      expect(card.labels).toMatchObject({ kinds: OBJECT_KINDS, colours: COLOURS, backgrounds: BACKGROUNDS });
  });
});

test("the reference statistics belong to the committed encoder", () => {
  const folder = "lib/encoders/weights/toybox-encoder";
  const reference = JSON.parse(readFileSync(`${folder}/reference-toybox-v1.json`, "utf8")) as {
    n: number;
    extractorSha256: string;
    mean: number[];
    covariance: number[][];
  };
  expect(reference.n).toBeGreaterThanOrEqual(10_000);
  expect(reference.extractorSha256).toBe(sha256(readFileSync(`${folder}/toybox-encoder.onnx`)));
  expect(reference.mean).toHaveLength(64);
  expect(reference.covariance.map((row) => row.length)).toEqual(new Array(64).fill(64));
});

test("the grader reads what real renders show, in at least 98 of 100", async () => {
  const folder = "lib/encoders/weights/toybox-grader";
  const session = await ort.InferenceSession.create(`${folder}/grader.onnx`);
  const render = await createRenderer();
  const scenes = Array.from({ length: 300 }, (_, index) => evaluationScene(index, "reference"));
  const values = new Float32Array(scenes.length * 3 * 4096);
  scenes.forEach((scene, at) =>
    render(scene).forEach((byte, place) => {
      values[(at * 3 + (place % 3)) * 4096 + Math.floor(place / 3)] = byte / 127.5 - 1;
    }),
  );
  const answers = await session.run({ image: new ort.Tensor("float32", values, [scenes.length, 3, 64, 64]) });
  const best = (name: string, from: number, size: number) => {
    const row = (answers[name].data as Float32Array).subarray(from, from + size);
    return row.indexOf(Math.max(...row));
  };
  const right = scenes.filter(
    (scene, at) =>
      OBJECT_KINDS.every((kind, k) => {
        const shown = scene.objects.filter((object) => object.kind === kind);
        if (best("counts", (at * 16 + k) * 4, 4) !== shown.length) return false;
        return shown.length === 0 || COLOURS[best("colours", (at * 16 + k) * 8, 8)] === shown[0].colour;
      }) && BACKGROUNDS[best("background", at * 8, 8)] === scene.background.colour,
  );
  expect(right.length / scenes.length).toBeGreaterThanOrEqual(0.98);
  await session.release();
});

const CLIP_REFERENCE = "lib/encoders/weights/toybox-video-encoder/reference-toybox-clips-v1";

test.runIf(existsSync(`${CLIP_REFERENCE}.json`))(
  "the reference of clips belongs to the committed encoder, and its features to its statistics",
  () => {
    const reference = JSON.parse(readFileSync(`${CLIP_REFERENCE}.json`, "utf8")) as {
      n: number;
      extractorSha256: string;
      featuresSha256: string;
      mean: number[];
    };
    const features = readFileSync(`${CLIP_REFERENCE}.npy`);
    const folder = "lib/encoders/weights/toybox-video-encoder";
    expect(reference.n).toBe(REFERENCE_CLIP_COUNT);
    expect(reference.extractorSha256).toBe(sha256(readFileSync(`${folder}/toybox-video-encoder.onnx`)));
    expect(reference.featuresSha256).toBe(sha256(features));
    const { data, shape } = parseNpy(features, CLIP_REFERENCE);
    expect(shape).toEqual([reference.n, 64]);
    let sum = 0;
    for (let row = 0; row < reference.n; row += 1) sum += data[64 * row];
    expect(sum / reference.n).toBeCloseTo(reference.mean[0], 6);
  },
);

const GRADER_OF_CLIPS = "lib/encoders/weights/toybox-video-grader";

test.runIf(existsSync(GRADER_OF_CLIPS))(
  "the clip grader reads what real clips show, by its own card's figure and the rules that runs are graded by",
  async () => {
    const { figures } = readCard(GRADER_OF_CLIPS);
    const session = await ort.InferenceSession.create(`${GRADER_OF_CLIPS}/grader.onnx`);
    const render = createClipRenderer();
    const grades: ClipGrade[] = [];
    for (let index = 0; index < 36; index += 1) {
      const clip = evaluationClip(index, "reference");
      const values = new Float32Array(17 * 3 * 4096);
      (await render(clip)).frames.forEach((frame, at) =>
        frame.forEach((byte, place) => {
          values[(at * 3 + (place % 3)) * 4096 + Math.floor(place / 3)] = byte / 127.5 - 1;
        }),
      );
      const input = new ort.Tensor("float32", values, [1, 17, 3, 64, 64]);
      grades.push(gradeClip(clipReading(await session.run({ clip: input })), clipTruth(clip)));
    }
    await session.release();
    const share = (aspect: keyof ClipGrade) => {
      const asked = grades.map((grade) => grade[aspect]).filter((verdict) => verdict !== null);
      return asked.filter(Boolean).length / asked.length;
    };
    expect(share("allCorrect")).toBeGreaterThan((figures?.all ?? 1) - 0.12);
    for (const aspect of ["colours", "verb", "direction", "persistence"] as const)
      expect(share(aspect), aspect).toBeGreaterThan(0.9);
  },
);
