import { beforeAll, beforeEach, expect, test } from "vitest";
import { GET as getPreferences } from "@/app/api/v1/preferences/export/route";
import { GET as getVerdicts } from "@/app/api/v1/verdicts/export/route";
import { GET as getVotes } from "@/app/api/v1/votes/export/route";
import { newId } from "@/lib/db/new-id";
import type { VoteOutcome, VoteStatus } from "@/lib/db/generated/enums";
import { exportVerdicts, type VerdictRow } from "@/lib/judges/export-verdicts";
import type { Asker } from "@/lib/models/visibility";
import { ensureVoter } from "@/lib/votes/ensure-voter";
import { exportPreferences, type PreferenceRow } from "@/lib/votes/export-preferences";
import { exportVotes } from "@/lib/votes/export-votes";
import { signVoterCookie, VOTER_COOKIE } from "@/lib/votes/voter-cookie";
import { expectError, request } from "../../support/api-requests";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { addCalls } from "../../support/judge-calls";
import { bytesOf, readLines, readParquet } from "../../support/read-table";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});
beforeEach(async () => {
  await database.db.rateLimit.deleteMany();
});

const nobody: Asker = { voterId: null };

async function someone(): Promise<{ voterId: string; cookie: string }> {
  const { voterId } = await ensureVoter(null, database.db);
  return { voterId, cookie: `${VOTER_COOKIE}=${await signVoterCookie(voterId)}` };
}

/** The samples of one prompt, by the order of the models. */
async function samplesOf(arena: Arena, promptId: string) {
  const samples = await database.db.sample.findMany({ where: { promptId } });
  return arena.models.map(({ id }) => samples.find(({ modelId }) => modelId === id)!);
}

type Side = { id: string; modelId: string; promptId: string };

/** A stored battle of two samples with its vote. */
async function votedOn(
  arena: Arena,
  left: Side,
  right: Side,
  outcome: VoteOutcome,
  status: VoteStatus = "COUNTED",
) {
  const { db } = database;
  const { voterId } = await ensureVoter(null, db);
  const battleId = newId("battle");
  const sides = { leftModelId: left.modelId, rightModelId: right.modelId };
  const of = { boardId: arena.boardId, voterId, ...sides };
  await db.battle.create({
    data: {
      id: battleId,
      ...of,
      promptId: left.promptId,
      leftSampleId: left.id,
      rightSampleId: right.id,
      pairPolicy: "test",
      propensity: 1,
    },
  });
  await db.vote.create({ data: { id: newId("vote"), battleId, ...of, outcome, status } });
}

async function preferences(arena: Arena, by: Asker) {
  const table = await exportPreferences({ board: arena.board, format: "jsonl", by }, database.db);
  return { rows: readLines<PreferenceRow>(await bytesOf(table.pieces)), heldBack: table.heldBack };
}

async function verdicts(arena: Arena, by: Asker) {
  const table = await exportVerdicts({ board: arena.board, format: "jsonl", by }, database.db);
  return { rows: readLines<VerdictRow>(await bytesOf(table.pieces)), heldBack: table.heldBack };
}

async function addJudge(owner: { ownerId?: string; admittedAt?: Date } = {}) {
  const id = newId("judge");
  return database.db.judge.create({
    data: { id, slug: id.replace("_", "-"), name: id, creator: "Tests", baseUrl: "http://localhost/v1", providerModel: "j", ...owner }, // prettier-ignore
  });
}

test("the vote log as Parquet holds what it holds as JSON lines", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 3, prompts: 3 });
  for (const outcome of ["left", "tie", "both_bad"] as const)
    await vote(db, await battleFor(db, arena), outcome);
  const lines = readLines<Record<string, unknown>>(
    await bytesOf(await exportVotes({ board: arena.board, format: "jsonl" }, db)),
  );
  const response = await getVotes(request("GET", `/x?board=${arena.board}&format=parquet`));
  expect(response.headers.get("content-type")).toBe("application/vnd.apache.parquet");
  const rows = await readParquet(Buffer.from(await response.arrayBuffer()));
  expect(rows).toHaveLength(3);
  const said = rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)),
  );
  expect(said).toEqual(lines);
});

test("decisive counted votes on two samples are one row, whichever side they stood on; ties, even counts and votes left out are none", async () => {
  const arena = await makeArena(database.db, { models: 3, prompts: 0, gallery: 2 });
  const [a, b, c] = await samplesOf(arena, arena.galleryIds[0]);
  await votedOn(arena, a, b, "LEFT");
  await votedOn(arena, b, a, "RIGHT");
  await votedOn(arena, a, b, "RIGHT");
  await votedOn(arena, a, b, "TIE");
  await votedOn(arena, b, a, "LEFT", "EXCLUDED");
  await votedOn(arena, b, a, "LEFT", "QUARANTINED");
  // As many for the one as for the other, and none that is decisive.
  await votedOn(arena, a, c, "LEFT");
  await votedOn(arena, c, a, "LEFT");
  await votedOn(arena, b, c, "BOTH_BAD");
  const [d, e] = await samplesOf(arena, arena.galleryIds[1]);
  await votedOn(arena, d, e, "RIGHT");

  const { rows, heldBack } = await preferences(arena, nobody);
  expect(heldBack).toBe(0);
  expect(rows).toMatchObject([
    {
      prompt: "prompt 0",
      category: "counting",
      chosen: a.id,
      rejected: b.id,
      chosen_model: arena.models[0].slug,
      rejected_model: arena.models[1].slug,
      chosen_sha256: a.artifactHash,
      chosen_image: `/media/samples/${a.id}`,
      chosen_votes: 2,
      rejected_votes: 1,
    },
    { prompt: "prompt 1", chosen: e.id, rejected: d.id, chosen_votes: 1, rejected_votes: 0 },
  ]);
  const response = await getPreferences(request("GET", `/x?board=${arena.board}&format=parquet`));
  expect(await readParquet(Buffer.from(await response.arrayBuffer()))).toEqual(rows);
});

test("samples in the arena are told with names to the operator and to who runs the board alone, and the answer says how many are not", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 1, gallery: 1 });
  const [owner, editor, guest] = [await someone(), await someone(), await someone()];
  await db.board.update({ where: { id: arena.boardId }, data: { ownerId: owner.voterId } });
  const guests = [
    [editor, "EDITOR"],
    [guest, "VOTER"],
  ] as const;
  await db.boardGuest.createMany({
    data: guests.map(([{ voterId }, role]) => ({ boardId: arena.boardId, voterId, role })),
  });
  const [a, b] = await samplesOf(arena, arena.promptIds[0]);
  const [c, d] = await samplesOf(arena, arena.galleryIds[0]);
  await votedOn(arena, a, b, "LEFT");
  await votedOn(arena, c, d, "LEFT");
  const judge = await addJudge();
  const calls = await addCalls(judge.id, 3, db);
  const said = { judgeId: judge.id, rubric: "viescore@1", score: 0.5 };
  await db.judgeSampleVerdict.createMany({
    data: [a, c].map(({ id }, at) => ({
      id: newId("sampleVerdict"),
      sampleId: id,
      callId: calls[at],
      ...said,
    })),
  });
  const pair = { judgeId: judge.id, rubric: "pairwise@1", choice: "A", preference: 1 } as const;
  await db.judgePairVerdict.create({
    data: { id: newId("pairVerdict"), aSampleId: a.id, bSampleId: b.id, callId: calls[2], ...pair },
  });

  for (const by of ["operator", owner, editor] as const) {
    const all = await preferences(arena, by);
    expect([all.rows.map(({ chosen }) => chosen), all.heldBack]).toEqual([[a.id, c.id], 0]);
    expect(all.rows[0].chosen_image).toBeNull();
    expect((await verdicts(arena, by)).rows).toHaveLength(3);
  }
  for (const { cookie } of [guest, { cookie: undefined }]) {
    const response = await getPreferences(request("GET", `/x?board=${arena.board}`, { cookie }));
    expect(response.headers.get("x-rows-held-back")).toBe("1");
    expect(readLines<PreferenceRow>(await response.text()).map(({ chosen }) => chosen)).toEqual([c.id]);
    const judged = await getVerdicts(request("GET", `/x?board=${arena.board}&format=jsonl`, { cookie }));
    expect(judged.headers.get("x-rows-held-back")).toBe("2");
    expect(readLines<VerdictRow>(await judged.text()).map((row) => row.sample_a)).toEqual([c.id]);
  }

  // The same samples in battles of somebody else's board.
  const other = await db.board.create({
    data: {
      id: newId("board"),
      slug: `${arena.board}-other`,
      name: "Other",
      description: "",
      modality: "TEXT_TO_IMAGE",
      promptSetId: (await db.board.findUniqueOrThrow({ where: { id: arena.boardId } })).promptSetId,
    },
  });
  await db.boardModel.create({ data: { boardId: other.id, modelId: arena.models[1].id } });
  expect((await preferences(arena, owner)).heldBack).toBe(1);
  expect((await verdicts(arena, owner)).rows.map((row) => row.sample_a).sort()).toEqual([a.id, c.id].sort());
  expect((await preferences(arena, "operator")).rows).toHaveLength(2);
});

test("a board that who asks may not see has no tables", async () => {
  const arena = await makeArena(database.db, { models: 2, prompts: 1 });
  const owner = await someone();
  await database.db.board.update({
    where: { id: arena.boardId },
    data: { seenBy: "INVITED", ownerId: owner.voterId },
  });
  for (const read of [getPreferences, getVerdicts]) {
    await expectError(await read(request("GET", `/x?board=${arena.board}`)), 404, "not_found", "board");
    expect((await read(request("GET", `/x?board=${arena.board}`, { cookie: owner.cookie }))).status).toBe(
      200,
    );
  }
  await expectError(
    await getPreferences(request("GET", `/x?board=${arena.board}&format=csv`, { cookie: owner.cookie })),
    400,
    "invalid_request",
    "format",
  );
});

test("verdicts are rows with their judge, rubric and order; calls that failed are rows with the reason and no score", async () => {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 0, gallery: 1 });
  const [a, b] = (await samplesOf(arena, arena.galleryIds[0])).sort((x, y) => (x.id < y.id ? -1 : 1));
  const owner = await someone();
  const ours = await addJudge();
  const theirs = await addJudge({ ownerId: owner.voterId });
  const calls = [...(await addCalls(ours.id, 4, db)), ...(await addCalls(theirs.id, 1, db))];
  await db.judgeCall.updateMany({ data: { costUsd: 0.25 } });
  const of = (judgeId: string, rubric: string) => ({ judgeId, rubric });
  const scores = of(ours.id, "viescore@1");
  await db.judgeSampleVerdict.createMany({
    data: [
      { id: newId("sampleVerdict"), sampleId: a.id, callId: calls[0], score: 0.75, ...scores },
      { id: newId("sampleVerdict"), sampleId: b.id, callId: calls[1], noVerdict: "timeout", message: "Secret words", ...scores }, // prettier-ignore
      {
        id: newId("sampleVerdict"),
        sampleId: a.id,
        callId: calls[4],
        score: 0.5,
        ...of(theirs.id, "viescore@1"),
      },
    ],
  });
  const pairs = of(ours.id, "pairwise@1");
  await db.judgePairVerdict.createMany({
    data: [
      { id: newId("pairVerdict"), aSampleId: a.id, bSampleId: b.id, callId: calls[2], choice: "A", preference: 1, ...pairs }, // prettier-ignore
      { id: newId("pairVerdict"), aSampleId: b.id, bSampleId: a.id, callId: calls[3], choice: "BOTH_GOOD", preference: 0.5, ...pairs }, // prettier-ignore
    ],
  });
  const strangers = await verdicts(arena, nobody);
  expect(strangers.rows).toMatchObject([
    { kind: "sample", judge: ours.slug, sample_a: a.id, score: 0.75, no_verdict: null, order: null },
    { kind: "sample", sample_a: b.id, score: null, no_verdict: "timeout", message: null, cost_usd: null },
    { kind: "pair", sample_a: a.id, sample_b: b.id, order: 1, choice: "A", preference: 1, run_b: b.runId },
    { kind: "pair", sample_a: b.id, sample_b: a.id, order: 2, choice: "both_good", preference: 0.5 },
  ]);
  const own = (await verdicts(arena, owner)).rows.filter(({ judge }) => judge === theirs.slug);
  expect(own).toMatchObject([{ sample_a: a.id, score: 0.5, cost_usd: 0.25 }]);
  const operators = (await verdicts(arena, "operator")).rows;
  expect(operators).toHaveLength(5);
  expect(operators.find((row) => row.no_verdict !== null)).toMatchObject({
    message: "Secret words",
    cost_usd: 0.25,
  });
  const parquet = await exportVerdicts({ board: arena.board, format: "parquet", by: nobody }, db);
  expect(await readParquet(await bytesOf(parquet.pieces))).toEqual(strangers.rows);
});
