import { beforeAll, describe, expect, test } from "vitest";
import { GET as getPair } from "@/app/api/v1/leaderboards/[board]/pair/route";
import { GET as getPrompt } from "@/app/api/v1/leaderboards/[board]/prompts/[promptId]/route";
import { GET as getPrompts } from "@/app/api/v1/leaderboards/[board]/prompts/route";
import { newId } from "@/lib/db/new-id";
import { readExploredPrompt } from "@/lib/pages/explorer/read-explored-prompt";
import { readExploredPrompts } from "@/lib/pages/explorer/read-explored-prompts";
import { readPairVotes } from "@/lib/pages/explorer/read-pair-votes";
import { retirePrompts } from "@/lib/prompts/retire-prompts";
import { refitRatings } from "@/lib/rankings/refit-ratings";
import { exploredPrompt, exploredPrompts, pairVotes } from "@/lib/schemas/explorer";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import { SAMPLE_MARKS } from "@/lib/schemas/sample-marks";
import { expectError, request } from "../../support/api-requests";
import { battleFor, makeArena, vote, type Arena } from "../../support/arena-fixture";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
let arena: Arena;
let judgeId: string;
const prompts = (search: Parameters<typeof readExploredPrompts>[0] | object = {}) =>
  readExploredPrompts({ board: arena.board, ...search }, database.db);
const prompt = (promptId: string, ask: object = {}) =>
  readExploredPrompt({ board: arena.board, promptId, ...ask }, database.db);
const pair = (a: number, b: number, before?: string) =>
  readPairVotes(
    { board: arena.board, a: arena.models[a].slug, b: arena.models[b].slug, before },
    database.db,
  );
const slugs = (...places: number[]) => places.map((place) => arena.models[place].slug);

/** The sample of a model of a prompt. */
const sampleOf = (model: number, promptId: string) =>
  database.db.sample.findFirstOrThrow({ where: { modelId: arena.models[model].id, promptId } });

/** What the judge says: of one sample a score, of two how far it prefers the first. */
async function judged(said: { a: string; b?: string; value: number; rubric?: string; by?: string }) {
  const { a, b, value, rubric = "viescore@1", by = judgeId } = said;
  const call = { id: newId("judgeCall"), judgeId: by, promptHash: "", reply: "", attempts: 1, latencyMs: 1 };
  await database.db.judgeCall.create({ data: call });
  if (b === undefined)
    await database.db.judgeSampleVerdict.create({
      data: {
        ...{ id: newId("sampleVerdict"), sampleId: a, judgeId: by, rubric, score: value, details: {} },
        callId: call.id,
      },
    });
  else
    await database.db.judgePairVerdict.create({
      data: {
        ...{ id: newId("pairVerdict"), judgeId: by, rubric: "pairwise@1", aSampleId: a, bSampleId: b },
        ...{ preference: value, choice: value > 0.5 ? "A" : "B", callId: call.id },
      },
    });
}

async function addJudge(ownerId: string | null = null) {
  const id = newId("judge");
  await database.db.judge.create({
    data: {
      ...{ id, slug: id, name: `Judge ${id.slice(-3)}`, creator: "x", baseUrl: "http://localhost/v1" },
      ...{ providerModel: "x", rubrics: [], ownerId },
    },
  });
  return id;
}

/** A battle between two models on a prompt, and how it was voted. */
async function voted(
  on: { promptId: string; left: number; right: number },
  outcome: "LEFT" | "RIGHT" | "TIE",
  more: { status?: "COUNTED" | "EXCLUDED"; at?: Date } = {},
) {
  const { db } = database;
  const voterId = newId("voter");
  await db.voter.create({ data: { id: voterId } });
  const [leftModelId, rightModelId] = [arena.models[on.left].id, arena.models[on.right].id];
  const of = { boardId: arena.boardId, voterId, leftModelId, rightModelId, createdAt: more.at };
  const battleId = newId("battle");
  await db.battle.create({
    data: {
      ...of,
      ...{ id: battleId, promptId: on.promptId, pairPolicy: "test" },
      leftSampleId: (await sampleOf(on.left, on.promptId)).id,
      rightSampleId: (await sampleOf(on.right, on.promptId)).id,
    },
  });
  const id = newId("vote");
  const status = more.status ?? "COUNTED";
  await db.vote.create({
    data: { ...of, id, battleId, outcome, status, statusReason: status === "EXCLUDED" ? "a test" : null },
  });
  return id;
}

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  arena = await makeArena(database.db, { models: 4, prompts: 3, gallery: 30 });
  judgeId = await addJudge();
});

describe("prompts", () => {
  test("are those outside the arena, in the set's order, a page at a time, none twice", async () => {
    const seen: string[] = [];
    for (let after: number | undefined, pages = 0; pages < 3; pages++) {
      const page = await prompts({ after });
      seen.push(...page.prompts.map(({ promptId }) => promptId));
      if (page.next === null) break;
      after = page.next;
    }
    expect(seen).toEqual(arena.galleryIds);
  });

  test("are found by words and category together", async () => {
    const { prompts: found, categories } = await prompts({ q: "PROMPT 1", category: "counting" });
    expect(found.map(({ text }) => text)).toEqual(["prompt 10", "prompt 12", "prompt 14", "prompt 16", "prompt 18"]); // prettier-ignore
    expect(categories).toEqual(["colour", "counting"]);
  });

  test("of a board that not everyone sees are none, nor is one of them", async () => {
    const of = { where: { id: arena.boardId } };
    await database.db.board.update({ ...of, data: { seenBy: "INVITED" } });
    expect((await prompts()).prompts).toEqual([]);
    await expect(prompt(arena.galleryIds[0])).rejects.toMatchObject({ code: "not_found" });
    await database.db.board.update({ ...of, data: { seenBy: "EVERYONE" } });
  });

  test("in the arena, of another board, and erased are shown to nobody", async () => {
    const other = await makeArena(database.db, { models: 1, prompts: 0, gallery: 1 });
    await database.db.model.updateMany({
      where: { id: { in: arena.models.map(({ id }) => id) } },
      data: { listed: true },
    });
    const [erased] = arena.galleryIds.slice(-1);
    await database.db.prompt.update({ where: { id: erased }, data: { erasedAt: new Date() } });
    for (const id of [arena.promptIds[0], other.galleryIds[0], erased])
      await expect(prompt(id)).rejects.toMatchObject({ code: "not_found" });
  });
});

describe("a prompt by all models", () => {
  test("has each model's newest sample, ranked models best first, a page of models at a time", async () => {
    for (let i = 0; i < 12; i++) await vote(database.db, await battleFor(database.db, arena), "left");
    await refitRatings(arena.boardId, database.db);
    const [id] = arena.galleryIds;
    const { samples } = await prompt(id);
    const ranks = samples.flatMap(({ rank }) => rank ?? []);
    expect(ranks).toEqual([...ranks].sort((x, y) => x - y));
    for (const { model, image } of samples) {
      const place = arena.models.findIndex(({ slug }) => slug === model.slug);
      expect(image).toBe(`/media/samples/${(await sampleOf(place, id)).id}`);
    }
    const { samples: later } = await prompt(id, { after: samples[1].model.slug });
    expect(later.map(({ model }) => model.slug)).toEqual(samples.slice(2).map(({ model }) => model.slug));
  });

  test("is marked as failed where the endpoint gave nothing, with the reason and no zero", async () => {
    const [, id] = arena.galleryIds;
    const { runId, id: sampleId } = await sampleOf(1, id);
    await database.db.sample.delete({ where: { id: sampleId } });
    await database.db.sampleFailure.create({
      data: {
        id: newId("failure"),
        runId: runId!,
        promptId: id,
        code: "refused",
        message: "no",
        attempts: 1,
      },
    });
    const { samples } = await prompt(id, { only: "failed" });
    expect(samples).toMatchObject([
      { model: { slug: slugs(1)[0] }, image: null, failure: "refused", grade: null, marks: ["failed"] },
    ]);
    expect((await prompts({ only: "failed" })).prompts.map(({ promptId }) => promptId)).toEqual([id]);
  });

  test("is marked where a judge and the newest grader disagree, either way, and only there", async () => {
    const [, , id] = arena.galleryIds;
    const cases = [
      { allCorrect: true, score: 0.4, marked: true },
      { allCorrect: false, score: 0.5, marked: true },
      { allCorrect: true, score: 0.5, marked: false },
      { allCorrect: false, score: 0.1, marked: false },
    ];
    for (const [model, { allCorrect, score }] of cases.entries()) {
      const { id: sampleId, artifactHash } = await sampleOf(model, id);
      const result = { objects: true, colours: allCorrect, relation: null, allCorrect };
      await database.db.grade.createMany({
        data: [
          { artifactHash, promptId: id, graderId: "toybox-1", result: {}, allCorrect: !allCorrect },
          { artifactHash, promptId: id, graderId: "toybox-2", result, allCorrect },
        ],
      });
      await judged({ a: sampleId, value: score });
    }
    const { samples } = await prompt(id);
    for (const [model, { marked, allCorrect, score }] of cases.entries()) {
      const sample = samples.find(({ model: { slug } }) => slug === slugs(model)[0])!;
      expect(sample.marks).toEqual(marked ? ["judge-metric"] : []);
      expect(sample.grade).toEqual({ allCorrect, wrong: allCorrect ? [] : ["colours"] });
      expect(sample.judges).toMatchObject([{ rubric: "viescore@1", score }]);
    }
    expect((await prompts({ only: "judge-metric" })).prompts.map(({ promptId }) => promptId)).toEqual([id]);
  });

  test("says nothing of a visitor's judge that nobody admitted", async () => {
    const [, , , id] = arena.galleryIds;
    const { id: sampleId, artifactHash } = await sampleOf(0, id);
    await database.db.grade.create({
      data: { artifactHash, promptId: id, graderId: "toybox-2", result: {}, allCorrect: true },
    });
    await judged({ a: sampleId, value: 0, by: await addJudge("vtr_someone") });
    const { samples } = await prompt(id);
    expect(samples.flatMap(({ judges, marks }) => [...judges, ...marks])).toEqual([]);
  });

  test("is marked where counted votes and a judge order two samples otherwise, over the orders it was shown", async () => {
    const [, , , , id, agreed] = arena.galleryIds;
    for (const promptId of [id, agreed]) {
      await voted({ promptId, left: 0, right: 1 }, "LEFT");
      await voted({ promptId, left: 1, right: 0 }, "RIGHT");
      await voted({ promptId, left: 0, right: 1 }, "TIE");
      // Left out: it would turn nothing round, and is not counted.
      await voted({ promptId, left: 0, right: 1 }, "RIGHT", { status: "EXCLUDED" });
    }
    const [a, b] = [await sampleOf(0, id), await sampleOf(1, id)];
    await judged({ a: a.id, b: b.id, value: 0.2 });
    await judged({ a: b.id, b: a.id, value: 0.6 });
    const [x, y] = [await sampleOf(0, agreed), await sampleOf(1, agreed)];
    // Torn between the orders, and on the whole with the people.
    await judged({ a: x.id, b: y.id, value: 0.9 });
    await judged({ a: y.id, b: x.id, value: 0.6 });
    const [first, second] = slugs(0, 1);
    const { disputes, samples } = await prompt(id, { only: "people-judge" });
    expect(samples.map(({ model }) => model.slug).sort()).toEqual([first, second].sort());
    expect(disputes).toMatchObject([
      { people: { slug: first }, judges: { slug: second }, votes: { for: 2, against: 0, even: 1 } },
    ]);
    expect(disputes[0].preference).toBeCloseTo(0.7);
    expect((await prompt(agreed)).disputes).toEqual([]);
    expect((await prompts({ only: "people-judge" })).prompts.map(({ promptId }) => promptId)).toEqual([id]);
  });

  test("leaves out a model that was hidden, at once", async () => {
    const of = { where: { id: arena.models[0].id } };
    await database.db.model.update({ ...of, data: { hiddenAt: new Date() } });
    const { samples, disputes } = await prompt(arena.galleryIds[4]);
    expect(samples.map(({ model }) => model.slug)).not.toContain(slugs(0)[0]);
    expect(disputes).toEqual([]);
    expect((await prompts({ only: "people-judge" })).prompts).toEqual([]);
    await expect(pair(0, 1)).rejects.toMatchObject({ code: "not_found" });
    await database.db.model.update({ ...of, data: { hiddenAt: null } });
  });
});

describe("the votes between two models", () => {
  test("are those of the two, newest first, whichever was on the left, a page at a time, none twice", async () => {
    const promptId = arena.galleryIds[6];
    const at = (n: number) => new Date(Date.UTC(2026, 0, 1) + Math.floor(n / 3));
    const ids: string[] = [];
    for (let n = 0; n < 40; n++) {
      const sides = n % 2 === 0 ? { left: 2, right: 3 } : { left: 3, right: 2 };
      ids.push(await voted({ promptId, ...sides }, "LEFT", { at: at(n) }));
    }
    const others = await pair(2, 3);
    const all = [...others.votes, ...(await pair(2, 3, others.next!)).votes].filter(
      ({ at }) => at < "2026-01-02",
    );
    expect(all).toHaveLength(40);
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).sort().reverse()); // prettier-ignore
    expect(all.filter(({ leftIs }) => leftIs === "a")).toHaveLength(20);
  });

  test("say who won, on what, and which do not count; the sums are what the fit counts", async () => {
    const { votes, counted } = await pair(0, 1);
    const [first] = votes.filter(({ excluded }) => excluded !== null);
    expect(first).toMatchObject({ excluded: "a test", outcome: "right", leftIs: "a" });
    const rows = await database.db.pairCount.findMany({
      where: { boardId: arena.boardId, modelA: { in: ids(0, 1) }, modelB: { in: ids(0, 1) } },
    });
    const sum = rows.reduce((n, { winsA, winsB, ties, bothBad }) => n + winsA + winsB + ties + bothBad, 0);
    expect(counted.a + counted.b + counted.tie + counted.bothBad).toBe(sum);
    const mirrored = await pair(1, 0);
    expect(mirrored.counted).toEqual({ ...counted, a: counted.b, b: counted.a });
  });

  test("show no image of a prompt in the arena, and both once it has left", async () => {
    const promptId = arena.promptIds[0];
    await voted({ promptId, left: 2, right: 1 }, "LEFT");
    const newest = async () => (await pair(1, 2)).votes[0];
    expect(await newest()).toMatchObject({ prompt: "prompt 0", images: null, withheld: "arena" });
    expect(await retirePrompts({ board: arena.board, indices: [0] })).toMatchObject({ retired: 1 });
    const [a, b] = [await sampleOf(1, promptId), await sampleOf(2, promptId)];
    expect(await newest()).toMatchObject({
      withheld: null,
      images: { a: `/media/samples/${a.id}`, b: `/media/samples/${b.id}` },
      clips: null,
    });
    const video = { codec: "webp", frames: 17, rate: 8, seconds: 2.125 };
    const sha256 = { in: [a.artifactHash, b.artifactHash] };
    await database.db.artifact.updateMany({ where: { sha256 }, data: { video } });
    const [first, second] = [
      `/media/samples/${a.id}?beside=${b.id}`,
      `/media/samples/${b.id}?beside=${a.id}`,
    ];
    expect((await newest()).clips).toEqual({ frames: 17, columns: 5, rate: 8, first, second });
    await database.db.sample.update({ where: { id: a.id }, data: { state: "REMOVED" } });
    expect(await newest()).toMatchObject({ images: null, withheld: "gone" });
  });

  test("publish neither text nor images of a visitor's own prompt", async () => {
    const promptId = arena.galleryIds[7];
    await database.db.prompt.update({ where: { id: promptId }, data: { category: LIVE_CATEGORY } });
    await voted({ promptId, left: 1, right: 2 }, "LEFT");
    const [newest] = (await pair(1, 2)).votes;
    expect(newest).toMatchObject({ prompt: null, images: null, withheld: "own-prompt" });
    expect(JSON.stringify(newest)).not.toContain("prompt 10");
  });

  test("name no vote's voter", async () => {
    expect(JSON.stringify(await pair(1, 2))).not.toMatch(/vtr_/);
  });
});

test("the API answers in the form it documents, and refuses what it does not know", async () => {
  const board = { params: Promise.resolve({ board: arena.board }) };
  const url = `/api/v1/leaderboards/${arena.board}`;
  const list = await getPrompts(request("GET", `${url}/prompts?q=&only=&category=colour`), board);
  expect(exploredPrompts.parse(await list.json()).prompts.length).toBeGreaterThan(0);
  for (const only of SAMPLE_MARKS) {
    const promptId = arena.galleryIds[2];
    const params = { params: Promise.resolve({ board: arena.board, promptId }) };
    exploredPrompt.parse(
      await (await getPrompt(request("GET", `${url}/prompts/x?only=${only}`), params)).json(),
    );
  }
  const [a, b] = slugs(2, 3);
  pairVotes.parse(await (await getPair(request("GET", `${url}/pair?a=${a}&b=${b}`), board)).json());
  await expectError(await getPair(request("GET", `${url}/pair?a=${a}&b=${a}`), board), 404, "not_found");
  await expectError(
    await getPair(request("GET", `${url}/pair?a=${a}&b=${b}&before=x`), board),
    400,
    "invalid_request",
  );
  await expectError(
    await getPrompts(request("GET", `${url}/prompts?only=odd`), board),
    400,
    "invalid_request",
  );
  await expectError(await getPrompts(request("GET", `${url}/prompts?set=none`), board), 404, "not_found");
});

const ids = (...places: number[]) => places.map((place) => arena.models[place].id);
