import { beforeEach, describe, expect, test } from "vitest";
import { GET as getImage } from "@/app/media/samples/[sampleId]/route";
import { getArtifact } from "@/lib/artifacts/store";
import { arenaPool } from "@/lib/battles/arena-pool";
import { createBattle } from "@/lib/battles/create-battle";
import { readBattleImage } from "@/lib/battles/read-battle-image";
import { listQueue } from "@/lib/moderation/list-queue";
import { setSampleState } from "@/lib/moderation/set-state";
import { keepSample } from "@/lib/runs/generation/keep-sample";
import { readModel } from "@/lib/pages/read-model";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import type { SampleStateName } from "@/lib/schemas/moderation";
import { exportVotes } from "@/lib/votes/export-votes";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { request } from "../../support/api-requests";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

type Made = Parameters<typeof keepSample>[1];

const database = useTestDatabase();
let arena: Arena;

beforeEach(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 2, prompts: 1, gallery: 1, images: true });
});

const set = (sampleId: string, state: SampleStateName) =>
  setSampleState({ sampleId, state, reason: "sexual", by: "operator", now: new Date() });
const sampleOf = (promptId: string, model = 0) =>
  database.db.sample.findFirstOrThrow({ where: { promptId, modelId: arena.models[model].id } });
const open = async (sampleId: string, query = "") => {
  const asked = request("GET", `/media/samples/${sampleId}${query}`);
  return getImage(asked, { params: Promise.resolve({ sampleId }) });
};
const gallery = async () =>
  (await readModel({ slug: arena.models[0].slug, voterId: null }, database.db)).samples;
const takeBattle = async () => {
  const { voterId } = await ensureVoter(null, database.db);
  return createBattle({ board: arena.board, voterId }, database.db);
};

describe.each(["held", "removed"] as const)("a %s image", (state) => {
  test("is in no gallery and no new battle, at no address, and back in all of them when that is undone", async () => {
    const { id } = await sampleOf(arena.galleryIds[0]);
    // The pool is known from before: what is kept of it for some seconds must not bring the image back.
    await takeBattle();
    expect(await gallery()).toHaveLength(1);
    expect((await open(id)).status).toBe(200);
    const { before } = await set(id, state);
    expect(await gallery()).toEqual([]);
    expect((await open(id)).status).toBe(410);
    await expect(takeBattle()).rejects.toMatchObject({ code: "not_ready" });
    await set(id, before.state);
    expect(await gallery()).toHaveLength(1);
    expect((await open(id)).status).toBe(200);
    expect(await takeBattle()).toMatchObject({ state: "ready" });
  });
});

test("a battle that shows an image which is taken away shows neither side any more", async () => {
  const battle = await takeBattle();
  const read = (side: "left" | "right") => {
    const address = new URL(battle[side]!.url, "http://salon.test");
    const signature = address.searchParams.get("s")!;
    return readBattleImage({ battleId: battle.battleId, part: side, signature }, database.db);
  };
  await read("left");
  await set((await sampleOf(arena.promptIds[0])).id, "removed");
  for (const side of ["left", "right"] as const)
    await expect(read(side)).rejects.toMatchObject({ code: "gone" });
});

test("a blurred image is blurred in galleries until it is asked for, and in no battle", async () => {
  const { id } = await sampleOf(arena.galleryIds[0]);
  const sharp = Buffer.from(await (await open(id)).arrayBuffer());
  await set(id, "blurred");
  expect(await gallery()).toMatchObject([{ url: `/media/samples/${id}?blurred=yes` }]);
  const bytes = async (query: string) => Buffer.from(await (await open(id, query)).arrayBuffer());
  expect((await bytes("")).equals(sharp)).toBe(false);
  expect((await bytes("?blurred=yes&size=whole")).equals(await bytes(""))).toBe(true);
  expect((await bytes("?blurred=no")).equals(sharp)).toBe(true);
  await expect(takeBattle()).rejects.toMatchObject({ code: "not_ready" });
});

test("the same bytes go along, and come back under no other name", async () => {
  const sample = await sampleOf(arena.galleryIds[0]);
  // The fixture's models give one image each for all prompts.
  const same = await database.db.sample.count({ where: { artifactHash: sample.artifactHash } });
  expect(same).toBeGreaterThan(1);
  expect((await set(sample.id, "removed")).images).toBe(same);
  expect(await sampleOf(arena.promptIds[0])).toMatchObject({ state: "REMOVED", stateReason: "sexual" });
  const bytes = await getArtifact(sample.artifactHash);
  const made: Made = {
    artifact: { bytes, row: { mediaType: "image/png", width: 64, height: 64 } },
    seedSent: 1,
    seedUsed: 1,
    revisedPrompt: null,
    latencyMs: 1,
    inferenceMs: 1,
    costUsd: null,
    reply: "",
  };
  const place = { runId: null, modelId: arena.models[1].id, promptId: arena.promptIds[0], index: 0 };
  const id = await keepSample(place, made, database.db);
  expect(await database.db.sample.findUniqueOrThrow({ where: { id: id! } })).toMatchObject({
    state: "REMOVED",
  });
});

test("votes on a removed image stay, say so in the exported log, and snapshots verify", async () => {
  await vote(database.db, await battleFor(database.db, arena), "left");
  await refitRatings(arena.boardId, database.db);
  const snapshot = await database.db.ratingSnapshot.findFirstOrThrow({
    where: { boardId: arena.boardId, category: "" },
  });
  const log = async () => {
    let text = "";
    for await (const piece of await exportVotes({ board: arena.board, format: "jsonl" }, database.db))
      text += String(piece);
    return text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  expect((await log())[0]).not.toHaveProperty("images_gone");
  await set((await sampleOf(arena.promptIds[0])).id, "removed");
  const [row] = await log();
  expect(row.images_gone).toBe(row.slug_a === arena.models[0].slug ? "model_a" : "model_b");
  expect(row).not.toHaveProperty("excluded");
  expect(await verifyStoredSnapshot(snapshot.id, database.db)).toMatchObject({ ok: true, differences: [] });
});

test("each change is one event of the audit log, and ends the open reports on the image", async () => {
  const { id } = await sampleOf(arena.galleryIds[0]);
  const { voterId } = await ensureVoter(null, database.db);
  await database.db.sampleReport.create({
    data: { id: `rpt_${id.slice(4)}`, sampleId: id, voterId, reporter: "VISITOR", reason: "hate" },
  });
  expect(
    (await listQueue({ queue: "reported" }, database.db)).samples.map(({ sampleId }) => sampleId),
  ).toContain(id);
  await set(id, "blurred");
  expect(
    (await listQueue({ queue: "reported" }, database.db)).samples.map(({ sampleId }) => sampleId),
  ).not.toContain(id);
  const events = await database.db.auditEvent.findMany({ where: { subjectId: id } });
  expect(events).toMatchObject([
    {
      action: "samples.moderate",
      before: { state: "VISIBLE" },
      after: { state: "BLURRED", reason: "sexual", decided: 1 },
    },
  ]);
});

test("a state that is not known of a sample that is not there changes nothing", async () => {
  await expect(set("smp_nothing", "removed")).rejects.toMatchObject({ code: "not_found" });
  const pool = await arenaPool(
    await database.db.board.findUniqueOrThrow({ where: { id: arena.boardId } }),
    database.db,
    true,
  );
  expect(pool.samples.flat(2)).toHaveLength(2);
});
