import { beforeAll, expect, test } from "vitest";
import { GET as getBeside } from "@/app/api/v1/runs/[runId]/beside/route";
import { newId } from "@/lib/db/new-id";
import type { RunsBeside } from "@/lib/schemas/run-beside";
import { expectError, request } from "../../support/api-requests";
import { makeArena } from "../../support/arena-fixture";
import { addCalls } from "../../support/judge-calls";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});

const ask = (runId: string, query: string) =>
  getBeside(request("GET", `/x?${query}`), { params: Promise.resolve({ runId }) });
const read = async (runId: string, query: string) => (await (await ask(runId, query)).json()) as RunsBeside;

/** Two runs on 14 prompts outside the arena and two in it, and a judge that scores some samples. */
async function makeRuns() {
  const { db } = database;
  const arena = await makeArena(db, { models: 2, prompts: 2, gallery: 14 });
  const runs = await Promise.all(
    arena.models.map(({ id }) => db.run.findFirstOrThrow({ where: { modelId: id } })),
  );
  const judgeOf = async (owner: { ownerId?: string }) => {
    const id = newId("judge");
    const at = { baseUrl: "http://localhost/v1", providerModel: "j" };
    await db.judge.create({
      data: { id, slug: id.replace("_", "-"), name: "Eye", creator: "Tests", ...at, ...owner },
    });
    return id;
  };
  const score = async (judgeId: string, run: number, promptId: string, given: number) => {
    const { id } = await db.sample.findFirstOrThrow({ where: { runId: runs[run].id, promptId } });
    const [callId] = await addCalls(judgeId, 1, db);
    await db.judgeSampleVerdict.create({
      data: { id: newId("sampleVerdict"), sampleId: id, judgeId, callId, rubric: "viescore@1", score: given },
    });
  };
  return { arena, runs: runs.map(({ id }) => id), judgeOf, score };
}

test("two runs' samples stand beside each other by prompt, in pages, by category, and where judges differ most first", async () => {
  const { arena, runs, judgeOf, score } = await makeRuns();
  const [p0, p1, p2] = arena.galleryIds;
  const judge = await judgeOf({});
  await score(judge, 0, p1, 0.5);
  await score(judge, 1, p1, 0.25);
  await score(judge, 0, p2, 0);
  await score(judge, 1, p2, 1);
  // Only one of the two has a score.
  await score(judge, 0, p0, 1);
  // A visitor's own judge speaks to them alone.
  const own = await judgeOf({ ownerId: "vtr_somebody" });
  await score(own, 0, p0, 1);
  await score(own, 1, p0, 0);

  const first = await read(runs[0], `against=${runs[1]}`);
  expect([first.total, first.prompts.length, first.categories]).toEqual([14, 12, ["colour", "counting"]]);
  expect(first.prompts.map(({ text }) => text)).toEqual(
    Array.from({ length: 12 }, (_, at) => `prompt ${at + 2}`),
  );
  const sample = await database.db.sample.findFirstOrThrow({ where: { runId: runs[1], promptId: p1 } });
  expect(first.prompts[1].second).toEqual([
    {
      sampleId: sample.id,
      url: `/media/samples/${sample.id}`,
      judges: [{ judge: "Eye", rubric: "viescore@1", score: 0.25 }],
      allCorrect: null,
    },
  ]);
  const second = await read(runs[0], `against=${runs[1]}&offset=12`);
  expect([second.total, second.prompts.map(({ text }) => text)]).toEqual([14, ["prompt 14", "prompt 15"]]);

  const sorted = await read(runs[0], `against=${runs[1]}&sort=disagreement`);
  expect(sorted.prompts.slice(0, 3).map(({ text, disagreement }) => [text, disagreement])).toEqual([
    ["prompt 4", 1],
    ["prompt 3", 0.25],
    ["prompt 2", null],
  ]);
  const colours = await read(runs[0], `against=${runs[1]}&sort=disagreement&category=colour`);
  expect([colours.total, colours.prompts[0].text]).toEqual([7, "prompt 3"]);
});

test("samples in the arena are not shown beside names, and a run that who asks may not see is none", async () => {
  const { arena, runs } = await makeRuns();
  const { prompts } = await read(runs[0], `against=${runs[1]}&category=counting`);
  const shown = prompts.flatMap(({ first, second }) => [...first, ...second].map(({ sampleId }) => sampleId));
  const hidden = await database.db.sample.findMany({ where: { promptId: { in: arena.promptIds } } });
  expect(shown.length).toBe(14);
  expect(hidden.filter(({ id }) => shown.includes(id))).toEqual([]);
  await database.db.model.update({ where: { id: arena.models[1].id }, data: { listed: false } });
  await expectError(await ask(runs[0], `against=${runs[1]}`), 404, "not_found");
  await expectError(await ask(runs[1], `against=${runs[0]}`), 404, "not_found");
  await expectError(await ask(runs[0], `against=${runs[1]}&sort=chance`), 400, "invalid_request", "sort");
});
