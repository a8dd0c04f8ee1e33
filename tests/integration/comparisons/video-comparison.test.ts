import sharp from "sharp";
import { beforeEach, expect, test } from "vitest";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { createComparison } from "@/lib/comparisons/create-comparison";
import { nextPair } from "@/lib/comparisons/next-pair";
import { readComparedPrompts } from "@/lib/comparisons/read-compared-prompts";
import { readPairImage } from "@/lib/comparisons/read-pair-image";
import { inTransaction } from "@/lib/db/client";
import { readBeside } from "@/lib/diagnostics/read-beside";
import { readVideo } from "@/lib/encoders/read-video";
import { readSampleImage } from "@/lib/runs/read-sample-image";
import { readSampleSheet } from "@/lib/runs/read-sample-sheet";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { makeArena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const SIDE = 32;
let runs: [string, string];
let voterId: string;
const nobody = { voterId: null };

/** A video whose frame t has the red of `shade(t)`, as an animated WebP. */
const video = (frames: number, rate: number, shade: (t: number) => number) => {
  const pixels = Array.from({ length: frames }, (_, t) => Buffer.alloc(SIDE * SIDE * 3, Buffer.from([shade(t), 200, 40]))); // prettier-ignore
  const raw = { width: SIDE, height: SIDE * frames, channels: 3 as const, pageHeight: SIDE };
  return sharp(Buffer.concat(pixels), { raw })
    .webp({ lossless: true, delay: Array<number>(frames).fill(1000 / rate) })
    .toBuffer();
};

beforeEach(async () => {
  const { db } = database;
  const { models } = await makeArena(db, { models: 2, prompts: 1, gallery: 1, images: true });
  await db.model.updateMany({ data: { modality: "TEXT_TO_VIDEO" } });
  const clips = [await video(8, 4, (t) => 10 * t), await video(24, 8, (t) => 100 + 5 * t)];
  const found: string[] = [];
  for (const [i, { id: modelId }] of models.entries()) {
    const { id } = await db.run.findFirstOrThrow({ where: { modelId } });
    found.push(id);
    await inTransaction(async (tx) => {
      const { row } = await readVideo({ name: "a video", bytes: clips[i] });
      const [artifactHash] = await keepArtifacts([{ bytes: clips[i], row }], tx);
      await tx.sample.updateMany({ where: { runId: id }, data: { artifactHash } });
    }, db);
  }
  runs = found as [string, string];
  ({ voterId } = await ensureVoter(null, db));
});

/** The red of each frame of a sheet, in order. */
async function reds(bytes: Buffer, { frames, columns }: { frames: number; columns: number }) {
  const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
  return Array.from({ length: frames }, (_, at) => {
    const [x, y] = [(at % columns) * SIDE + SIDE / 2, Math.floor(at / columns) * SIDE + SIDE / 2];
    return data[(y * info.width + x) * info.channels];
  });
}

const SLOW = [0, 0, 10, 10, 20, 20, 30, 30, 40, 40, 50, 50, 60, 60, 70, 70];
const FAST = Array.from({ length: 16 }, (_, at) => 100 + 5 * at);
const create = () =>
  createComparison(
    {
      comparison: {
        name: "Which moves?",
        question: null,
        pairsPerVoter: 5,
        showsNames: false,
        days: null,
        runs,
      },
      voterId,
      now: Date.now(),
    },
    database.db,
  );

test("a voter gets both videos of a pair as many frames, at the same moments, as long as the shorter lasts", async () => {
  const { db } = database;
  const { comparisonId } = await create();
  const { pair } = await nextPair({ comparisonId, voterId }, db);
  expect(pair!.clip).toEqual({ frames: 16, columns: 4, rate: 8 });
  const { firstIsLeft, firstRunId } = await db.comparisonVote.findUniqueOrThrow({
    where: { id: pair!.pairId },
  });
  const slowIsLeft = firstIsLeft === (firstRunId === runs[0]);
  const [left, right] = await Promise.all(
    ["left", "right"].map((part) => readPairImage({ pairId: pair!.pairId, part, voterId }, db)),
  );
  expect(await reds(left.bytes, pair!.clip!)).toEqual(slowIsLeft ? SLOW : FAST);
  expect(await reds(right.bytes, pair!.clip!)).toEqual(slowIsLeft ? FAST : SLOW);
});

test("two runs' videos of one prompt are listed with their common clock, and each is served at its moments; one is a single frame until it is played", async () => {
  const { db } = database;
  const { comparisonId } = await create();
  const [first, second] = runs;
  const compared = await readComparedPrompts(
    { comparisonId, voterId, first, second, disagreement: "all", offset: 0 },
    db,
  );
  const beside = await readBeside(
    { runId: first, against: second, voterId: null, sort: "prompt", offset: 0 },
    db,
  );
  const [a, b] = [compared.prompts[0].first[0].sampleId, compared.prompts[0].second[0].sampleId];
  const clip = { frames: 16, columns: 4, rate: 8, first: `/media/samples/${a}?beside=${b}`, second: `/media/samples/${b}?beside=${a}` }; // prettier-ignore
  expect(compared.prompts[0].clips).toEqual([clip]);
  expect(beside.prompts[0].clips).toEqual([clip]);
  const sheet = async (sampleId: string, other: string) =>
    reds((await readSampleSheet({ sampleId, beside: other, ...nobody }, db)).bytes, clip);
  expect(await sheet(a, b)).toEqual(SLOW);
  expect(await sheet(b, a)).toEqual(FAST);
  const still = await readSampleImage({ sampleId: a, size: "still", ...nobody }, db);
  expect((await sharp(still.bytes).metadata()).pages ?? 1).toBe(1);
});

test("no video plays beside one that may not be seen as it is, or that answers another prompt", async () => {
  const { db } = database;
  const of = (runId: string, arena: boolean) =>
    db.sample.findFirstOrThrow({ where: { runId, prompt: { arena } } });
  const [a, b] = [await of(runs[0], false), await of(runs[1], false)];
  const inArena = await of(runs[1], true);
  const refused = (beside: string) =>
    expect(readSampleSheet({ sampleId: a.id, beside, ...nobody }, db)).rejects.toMatchObject({
      code: "not_found",
    });
  expect((await readSampleSheet({ sampleId: a.id, beside: b.id, ...nobody }, db)).isPublic).toBe(true);
  await refused(inArena.id);
  await db.sample.update({ where: { id: b.id }, data: { state: "BLURRED" } });
  await refused(b.id);
  const { prompts } = await readBeside(
    { runId: runs[0], against: runs[1], voterId: null, sort: "prompt", offset: 0 },
    db,
  );
  expect(prompts[0].clips).toEqual([null]);
  await db.sample.update({ where: { id: b.id }, data: { state: "HELD" } });
  await expect(readSampleSheet({ sampleId: a.id, beside: b.id, ...nobody }, db)).rejects.toMatchObject({
    code: "gone",
  });
});
