import { rm } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { expect, test } from "vitest";
import { artifactFolder, putArtifact } from "@/lib/artifacts/store";
import { measureStyles } from "@/lib/rankings/measure-styles";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { refitStyle } from "@/lib/rankings/refit-style";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import { VIDEO_STYLE_ID, IMAGE_STYLE_ID } from "@/lib/metrics/image-style";
import { seededRandom } from "@/lib/numerics/random";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { arenaOfBrightness } from "../../support/brightness-arena";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const working = new AbortController().signal;
const refit = (arena: Arena) => refitRatings(arena.boardId, database.db);
let videos = 0;

test("a style fit finds that brightness is rewarded, keeps it with the snapshot, and verifies against the log", async () => {
  const { db } = database;
  const { arena, cast } = await arenaOfBrightness(db, 170);
  await refit(arena);
  const { snapshotIds } = await refitStyle(arena.boardId, db, working);
  const stored = await db.ratingSnapshot.findFirstOrThrow({
    where: { boardId: arena.boardId, category: "", control: "style" },
    include: { rows: true },
  });
  expect(snapshotIds).toContain(stored.id);
  expect(stored).toMatchObject({ votes: 170, methodology: "salon-style-1" });
  const { style } = snapshotDetails.parse(stored.details);
  expect(style!.coefficients.map(({ name }) => name)).toEqual(expect.arrayContaining(["side", "latency"]));
  expect(style!.leftOut).toEqual(
    expect.arrayContaining([
      { name: "resolution", reason: "never differs" },
      { name: "aspect", reason: "never differs" },
    ]),
  );
  const effect = style!.coefficients.find(({ name }) => name === "brightness")!;
  expect(effect.low).toBeGreaterThan(0);
  for (const id of snapshotIds) {
    expect(await verifyStoredSnapshot(id, db)).toMatchObject({ ok: true, differences: [] });
  }

  // Nothing new: no snapshot; one vote among 170: within a hundredth; two more: a new fit.
  expect((await refitStyle(arena.boardId, db, working)).snapshotIds).toEqual([]);
  await cast(1);
  expect((await refitStyle(arena.boardId, db, working)).snapshotIds).toEqual([]);
  await cast(1);
  expect((await refitStyle(arena.boardId, db, working)).snapshotIds.length).toBeGreaterThan(0);
  expect((await verifyStoredSnapshot(stored.id, db)).ok).toBe(true);

  // Verifying tells of another image behind a vote.
  const where = {
    artifactHash: (await db.sample.findFirstOrThrow({ where: { modelId: arena.models[0].id } })).artifactHash,
  };
  await db.artifactStyle.updateMany({ where, data: { brightness: 0.9 } });
  const changed = await verifyStoredSnapshot(stored.id, db);
  expect(changed.ok).toBe(false);
  expect(changed.differences.join()).toContain("inputsHash");
}, 180_000);

test("the board shows the controlled ranking on demand, and the plain one is untouched", async () => {
  const { db } = database;
  const { arena } = await arenaOfBrightness(db, 130);
  await refit(arena);
  const before = await readLeaderboard({ board: arena.board }, db);
  await refitStyle(arena.boardId, db, working);
  expect(await readLeaderboard({ board: arena.board }, db)).toEqual(before);
  const controlled = await readLeaderboard({ board: arena.board, style: "controlled" }, db);
  expect(controlled.snapshot).toMatchObject({ methodology: "salon-style-1", votes: 130 });
  expect(controlled.styleControl).toMatchObject({
    fitted: true,
    missing: null,
    votes: 130,
    votesOfBoard: 130,
  });
  const { effects, moves } = controlled.styleControl!;
  expect(effects.map(({ name }) => name)).toContain("side");
  for (const { points, low, high } of effects) expect(low < points && points < high).toBe(true);
  // A vote that was excluded since counts nowhere: the older controlled fit is not shown until a newer one is made.
  const event = await db.ratingEvent.findFirstOrThrow({ where: { boardId: arena.boardId } });
  await db.vote.update({ where: { id: event.voteId }, data: { status: "EXCLUDED", statusReason: "a bot" } });
  const { leftModelId, rightModelId, outcome, battle } = await db.vote.findUniqueOrThrow({
    where: { id: event.voteId },
    include: { battle: { include: { prompt: true } } },
  });
  const [modelA, modelB] = [leftModelId, rightModelId].sort();
  const won = (outcome === "LEFT") === (modelA === leftModelId) ? "winsA" : "winsB";
  await db.pairCount.update({
    where: {
      boardId_category_modelA_modelB: {
        boardId: arena.boardId,
        category: battle.prompt.category,
        modelA,
        modelB,
      },
    },
    data: { [won]: { decrement: 1 } },
  });
  await refit(arena);
  const read = () => readLeaderboard({ board: arena.board, style: "controlled" }, db);
  expect((await read()).styleControl).toMatchObject({ fitted: false, missing: { code: "being_made" } });
  await refitStyle(arena.boardId, db, working);
  expect((await read()).styleControl).toMatchObject({ fitted: true, votes: 129 });
  expect(moves.map(({ model }) => model).sort()).toEqual(arena.models.map(({ slug }) => slug).sort());
  expect(controlled.rows.map((row) => row.rating)).not.toEqual(before.rows.map((row) => row.rating));
}, 180_000);

test("with too few votes, or images not looked at yet, the board says so and shows the plain ranking", async () => {
  const { db } = database;
  const { arena } = await arenaOfBrightness(db, 12);
  await refit(arena);
  const read = () => readLeaderboard({ board: arena.board, style: "controlled" }, db);
  expect((await read()).styleControl).toMatchObject({
    fitted: false,
    missing: { code: "unmeasured" },
  });
  expect((await refitStyle(arena.boardId, db, working)).snapshotIds).toEqual([]);
  const board = await read();
  expect(board.styleControl).toMatchObject({
    fitted: false,
    missing: { code: "too_few_votes", votes: 12, needed: 100 },
  });
  expect(board.rows).toEqual((await readLeaderboard({ board: arena.board }, db)).rows);
});

test("an image is measured once, a lost one is noted, and a stop in between loses nothing", async () => {
  const { db } = database;
  const { arena } = await arenaOfBrightness(db, 20);
  const lost = (
    await db.battle.findFirstOrThrow({
      where: { boardId: arena.boardId, vote: { isNot: null } },
      include: { leftSample: true },
    })
  ).leftSample!.artifactHash;
  await rm(path.join(artifactFolder(), lost.slice(0, 2), lost));
  const stopped = new AbortController();
  stopped.abort(new Error("stop"));
  await expect(
    measureStyles({ id: arena.boardId, measureId: IMAGE_STYLE_ID }, db, stopped.signal),
  ).rejects.toThrow("stop");
  const [first, second] = await Promise.all([
    measureStyles({ id: arena.boardId, measureId: IMAGE_STYLE_ID }, db, working),
    measureStyles({ id: arena.boardId, measureId: IMAGE_STYLE_ID }, db, working),
  ]);
  expect(first).toBeGreaterThan(0);
  expect(second).toBeLessThanOrEqual(first);
  expect(await measureStyles({ id: arena.boardId, measureId: IMAGE_STYLE_ID }, db, working)).toBe(0);
  const row = await db.artifactStyle.findFirstOrThrow({ where: { artifactHash: lost } });
  expect(row).toMatchObject({ brightness: null, sharpness: null });
  expect(row.problem).toContain("missing");
});

/** An animated WebP of grey noise, each frame shown for `delay` milliseconds; some way in it all but stands still. */
async function animation(seed: number, frames: number, delay: number): Promise<Buffer> {
  const random = seededRandom(seed);
  const side = 16;
  const [noise, moving] = [1 + 30 * random.uniform(), 1 + random.below(frames)];
  const draw = () => Math.max(0, Math.min(255, Math.round(128 + noise * random.normal())));
  let frame = Buffer.alloc(3 * side * side);
  const all = Array.from({ length: frames }, (_, k) => {
    // Otherwise the file's size would tell the number of frames.
    frame =
      k < moving ? Buffer.from(frame.map(draw)) : Buffer.from(frame.map((v, at) => (at === k ? draw() : v)));
    return frame;
  });
  return sharp(Buffer.concat(all), {
    raw: { width: side, height: side * frames, channels: 3, pageHeight: side },
  })
    .webp({ lossless: true, delay: all.map(() => delay) })
    .toBuffer();
}

test("a video board's style control measures real videos and finds that voters reward the longer one", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 8 });
  const video = { modality: "TEXT_TO_VIDEO" } as const;
  await db.board.update({ where: { id: arena.boardId }, data: video });
  await db.model.updateMany({ where: { id: { in: arena.models.map(({ id }) => id) } }, data: video });
  const random = seededRandom(11);
  const seconds = new Map<string, number>();
  const samples = await db.sample.findMany({ where: { modelId: { in: arena.models.map(({ id }) => id) } } });
  for (const sample of samples) {
    const [frames, delay] = [4 + random.below(20), 40 + 20 * random.below(6)];
    const bytes = await animation((videos += 1), frames, delay);
    const sha256 = await putArtifact(bytes);
    await db.artifact.create({
      data: { sha256, bytes: bytes.length, mediaType: "image/webp", width: 16, height: 16 },
    });
    await db.sample.update({
      where: { id: sample.id },
      data: { artifactHash: sha256, latencyMs: 50 + 10 * random.below(9) },
    });
    seconds.set(sample.id, (frames * delay) / 1000);
  }
  for (let i = 0; i < 160; i++) {
    const battle = await battleFor(db, arena);
    const { leftSampleId, rightSampleId } = await db.battle.findUniqueOrThrow({
      where: { id: battle.battleId },
    });
    const leftIsLonger = seconds.get(leftSampleId!)! > seconds.get(rightSampleId!)!;
    await vote(db, battle, leftIsLonger === random.uniform() < 0.9 ? "left" : "right");
  }
  await refit(arena);
  const { snapshotIds } = await refitStyle(arena.boardId, db, working);
  const measured = await db.artifactStyle.findMany({ where: { measureId: VIDEO_STYLE_ID } });
  expect(measured.every(({ problem }) => problem === null)).toBe(true);
  for (const [id, duration] of seconds) {
    const { artifactHash } = await db.sample.findUniqueOrThrow({ where: { id } });
    const style = measured.find((row) => row.artifactHash === artifactHash)!;
    expect(style.duration).toBeCloseTo(duration, 9);
    expect(style.brightness).toBeCloseTo(128 / 255, 1);
  }
  const { styleControl } = await readLeaderboard({ board: arena.board, style: "controlled" }, db);
  const length = styleControl!.effects.find(({ name }) => name === "duration")!;
  expect(length.low).toBeGreaterThan(0);
  expect(styleControl!.effects.map(({ name }) => name)).toContain("fps");
  expect((await verifyStoredSnapshot(snapshotIds[0], db)).differences).toEqual([]);
}, 240_000);
