import { createHash } from "node:crypto";
import { access } from "node:fs/promises";
import path from "node:path";
import sharp from "sharp";
import { beforeAll, expect, test } from "vitest";
import { castVote } from "@/lib/battles/cast-vote";
import { createBattle } from "@/lib/battles/create-battle";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { retirePrompts } from "@/lib/prompts/retire-prompts";
import { keepArtifacts } from "@/lib/artifacts/keep-artifacts";
import { derivativeFolder } from "@/lib/artifacts/store";
import { publishModel } from "@/lib/runs/publish-model";
import { readRun } from "@/lib/pages/read-run";
import { readSampleImage } from "@/lib/runs/read-sample-image";
import { readModel } from "@/lib/pages/read-model";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import type { BattleView } from "@/lib/schemas/battles";
import { ticketOf } from "../support/arena-fixture";
import { makeBlindWorld, type BlindWorld, type Habit } from "../support/blind-world";
import { crawlImages, get, unknownToTheCrawl, type PublicImage } from "../support/public-images";
import { useTestDatabase } from "../support/test-database";

/**
 * What a visitor who has collected every public image can say of the sides of a battle before the vote. Samples are noise without
 * style, so all that names a side is a leak.
 */

const database = useTestDatabase();
const MODELS = 8;
const BATTLES = 200;
/** One run in a million fails by chance; a channel that names every tenth side for sure does not pass. */
const Z = 4.76;

const odd: Habit = { width: 48, height: 64, format: "png" };
const large: Habit = { width: 256, height: 256, format: "jpeg" };

let world: BlindWorld;
let battles: BattleView[];
let sides: Side[];

/** One side as a voter gets it, and, for the count alone, whose it is. */
type Side = { bytes: Buffer; headers: string; url: string; model: string };

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  const habits: (Habit | undefined)[] = Array.from({ length: MODELS }, () => undefined);
  world = await makeBlindWorld(database.db, { prompts: 56, habits: [...habits, odd] });
  // People have voted, so that every page has something to show.
  for (let voter = 0; voter < 10; voter++) {
    for (const battle of await handOut(8)) {
      const outcome = (["left", "right", "tie"] as const)[voter % 3];
      await castVote({ ...ticketOf(battle), outcome });
    }
  }
  await refitRatings(world.boardId, database.db);
  battles = await handOut(BATTLES);
  sides = await look(battles);
}, 300_000);

/** Battles of one new voter, who is shown no sample twice. */
async function handOut(count: number): Promise<BattleView[]> {
  const { voterId } = await ensureVoter(null, database.db);
  const made: BattleView[] = [];
  for (let i = 0; i < count; i++) made.push(await createBattle({ board: world.board, voterId }));
  return made;
}

async function look(of: BattleView[]): Promise<Side[]> {
  const rows = await database.db.battle.findMany({ where: { id: { in: of.map(({ battleId }) => battleId) } } }); // prettier-ignore
  const slugs = new Map((await database.db.model.findMany()).map(({ id, slug }) => [id, slug]));
  const seen: Side[] = [];
  for (const battle of of) {
    const row = rows.find(({ id }) => id === battle.battleId)!;
    for (const side of ["left", "right"] as const) {
      const { url } = battle[side]!;
      const model = slugs.get(side === "left" ? row.leftModelId : row.rightModelId)!;
      seen.push({ ...(await get(url)), url, model });
    }
  }
  return seen;
}

/** An attack learns from public images and then guesses the model of a side. */
type Attack = (images: Feature[]) => (side: Feature) => string;
type Feature = { model: string; bytes: Buffer; sha256: string; headers: string; pixels: Buffer };

async function featureOf(image: Pick<PublicImage, "bytes" | "headers" | "model">): Promise<Feature> {
  const { bytes, headers, model } = image;
  const pixels = await sharp(bytes).resize(16, 16, { fit: "fill" }).removeAlpha().raw().toBuffer();
  return { model, bytes, headers, pixels, sha256: createHash("sha256").update(bytes).digest("hex") };
}

const nearest =
  (distance: (a: Feature, b: Feature) => number): Attack =>
  (images) =>
  (side) =>
    images.reduce(
      (best, image) => {
        const d = distance(image, side);
        return d < best.d ? { d, model: image.model } : best;
      },
      { d: Infinity, model: "" },
    ).model;

const ATTACKS: Record<string, Attack> = {
  "equal bytes": (images) => {
    const known = new Map(images.map(({ sha256, model }) => [sha256, model]));
    return ({ sha256 }) => known.get(sha256) ?? images[0].model;
  },
  "nearest pixels": nearest((a, b) => a.pixels.reduce((sum, value, i) => sum + Math.abs(value - b.pixels[i]), 0)), // prettier-ignore
  "nearest length": nearest((a, b) => Math.abs(a.bytes.length - b.bytes.length)),
  "same headers": nearest((a, b) => (a.headers === b.headers ? 0 : 1)),
};

/** How many sides each attack names rightly. */
async function score(images: PublicImage[], of: Side[]): Promise<Record<string, number>> {
  const known = await Promise.all(images.filter(({ model }) => model !== "").map(featureOf));
  const asked = await Promise.all(of.map(featureOf));
  return Object.fromEntries(
    Object.entries(ATTACKS).map(([name, attack]) => {
      const guess = attack(known);
      return [name, asked.filter((side) => guess(side) === side.model).length];
    }),
  );
}

test("the crawl knows every page's sources and every route, media routes among them", () => {
  expect(unknownToTheCrawl()).toEqual([]);
});

test("whoever has collected every public image names the sides of 200 battles no better than chance", async () => {
  // Badges and link previews are drawn by no model.
  const images = (await crawlImages(database.db)).filter(({ model }) => model !== "");
  // It did find the galleries: of each model the samples outside the arena.
  expect(new Set(images.map(({ model }) => model)).size).toBe(MODELS + 1);
  expect(images.length).toBeGreaterThanOrEqual((MODELS + 1) * 56);
  const right = await score(images, sides);
  const [n, chance] = [sides.length, 1 / MODELS];
  const most = n * chance + Z * Math.sqrt(n * chance * (1 - chance));
  console.log(`Named of ${n} sides (chance ${n * chance}, at most ${most.toFixed(0)}): ${JSON.stringify(right)}`); // prettier-ignore
  for (const [attack, count] of Object.entries(right)) expect(count, attack).toBeLessThanOrEqual(most);
}, 300_000);

test("both sides of every battle are alike in size, format, headers and address, whatever the originals are", async () => {
  const shapes = await Promise.all(
    sides.map(async ({ bytes, headers, url }) => {
      const { format, width, height, channels, hasAlpha, exif, icc, xmp } = await sharp(bytes).metadata();
      const address = url.replace(/bat_\w+/, "").replace(/left|right/, "").replace(/s=.*/, ""); // prettier-ignore
      const kind = bytes.subarray(12, 16).toString("latin1");
      return JSON.stringify({ format, width, height, channels, hasAlpha, exif, icc, xmp, headers, address, kind }); // prettier-ignore
    }),
  );
  expect(new Set(shapes).size).toBe(1);
  expect(JSON.parse(shapes[0])).toMatchObject({ format: "webp", width: 64, height: 64 });
});

test("a model whose samples are not of the board's shape is in no battle, and its run says so", async () => {
  const oddOne = world.models[MODELS];
  expect(sides.filter(({ model }) => model === oddOne.slug)).toEqual([]);
  const { arena } = await readRun({ runId: oddOne.runId, voterId: null });
  expect(arena).toMatchObject({ width: 64, height: 64, fits: false, misshapen: 112 });
  const other = await readRun({ runId: world.models[0].runId, voterId: null });
  expect(other.arena).toMatchObject({ fits: true, misshapen: 0, withheld: 56 });
});

test("asking for one side prepares both, so that no answer is slower for a new model's side than for the other", async () => {
  const [battle] = await handOut(1);
  await get(battle.left!.url);
  const { leftSample, rightSample } = await database.db.battle.findUniqueOrThrow({
    where: { id: battle.battleId },
    include: { leftSample: true, rightSample: true },
  });
  for (const { artifactHash: hash } of [leftSample!, rightSample!]) {
    await access(path.join(derivativeFolder(), hash.slice(0, 2), `${hash}.battle.64x64.webp`));
  }
});

test("a listed model's arena samples are shown with its name to nobody, its submitter included; an unlisted one's to its submitter", async () => {
  const { db } = database;
  const { submitterId, models } = world;
  const own = { runId: models[1].runId, voterId: submitterId };
  const arenaSample = await db.sample.findFirstOrThrow({
    where: { runId: own.runId, prompt: { arena: true } },
  });
  const ask = { sampleId: arenaSample.id, voterId: submitterId };
  const shown = async () => {
    const run = await readRun(own);
    const model = await readModel({ slug: models[1].slug, voterId: submitterId });
    return { withheld: run.arena?.withheld, gallery: model.samples.length };
  };
  await expect(readSampleImage(ask)).rejects.toMatchObject({ code: "not_found" });
  expect(await shown()).toEqual({ withheld: 56, gallery: 56 });
  await db.model.update({ where: { id: models[1].id }, data: { listed: false } });
  expect((await readSampleImage(ask)).isPublic).toBe(false);
  expect(await shown()).toEqual({ withheld: 0, gallery: 100 });
  await db.$transaction((tx) => publishModel(own, tx));
  await expect(readSampleImage(ask)).rejects.toMatchObject({ code: "not_found" });
});

test("originals of other sizes and formats leave the server as both sides of one size and format", async () => {
  const { db } = database;
  const { leftSampleId } = await db.battle.findUniqueOrThrow({ where: { id: battles[0].battleId } });
  const sample = await db.sample.findUniqueOrThrow({ where: { id: leftSampleId! } });
  const original = await sharp({
    create: { width: large.width, height: large.height + 4, channels: 4, background: "#ff000080" },
  })
    .withExif({ IFD0: { Artist: "Codename 3" } })
    .png()
    .toBuffer();
  const [hash] = await db.$transaction((tx) =>
    keepArtifacts([{ bytes: original, row: { mediaType: "image/png", width: 256, height: 260 } }], tx),
  );
  await db.sample.update({ where: { id: sample.id }, data: { artifactHash: hash } });
  const [left, right] = await look(battles.slice(0, 1));
  const facts = async ({ bytes, headers }: Side) => {
    const { format, width, height, channels, exif } = await sharp(bytes).metadata();
    return { format, width, height, channels, exif, headers };
  };
  expect(await facts(left)).toEqual(await facts(right));
  // No bars: the corner is the image's own red on white, as its middle is.
  const pixels = await sharp(left.bytes).raw().toBuffer();
  const middle = 3 * (32 * 64 + 32);
  expect([...pixels.subarray(0, 3)]).toEqual([...pixels.subarray(middle, middle + 3)]);
  await db.sample.update({ where: { id: sample.id }, data: { artifactHash: sample.artifactHash } });
});

test("once a prompt is retired its samples are shown, every side of it is named, and a battle on it takes no vote", async () => {
  const { db } = database;
  const arena = await db.prompt.findMany({ where: { arena: true }, orderBy: { index: "asc" } });
  const indices = arena.slice(1).map(({ index }) => index);
  await expect(
    retirePrompts({ board: world.board, indices: arena.map(({ index }) => index) }),
  ).rejects.toMatchObject({ code: "invalid_request" });
  expect(await retirePrompts({ board: world.board, indices })).toEqual({ retired: 55, left: 1 });
  expect(await retirePrompts({ board: world.board, indices })).toEqual({ retired: 0, left: 1 });

  const right = await score(await crawlImages(db), sides);
  const known = battles.filter(({ prompt }) => prompt !== arena[0].text);
  expect(right["nearest pixels"]).toBeGreaterThanOrEqual(2 * known.length);

  const votes = await db.vote.count();
  const vote = castVote({ ...ticketOf(known[0]), outcome: "left" });
  await expect(vote).rejects.toMatchObject({ code: "conflict", retryable: false });
  expect(await db.vote.count()).toBe(votes);
}, 300_000);
