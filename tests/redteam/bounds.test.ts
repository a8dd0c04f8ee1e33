import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { POST as postModel } from "@/app/api/v1/models/route";
import { newId } from "@/lib/db/new-id";
import { env } from "@/lib/env";
import { generateSamples } from "@/lib/runs/generation/generate-samples";
import { resumeRun } from "@/lib/runs/resume-run";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { addJudge } from "@/lib/judges/add-judge";
import { addBoard, submissionOf, useDataFolder } from "../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../support/image-endpoint";
import { startJudgeEndpoint, type JudgeEndpoint } from "../support/judge-endpoint";
import { judgeSubmissionOf } from "../support/judging-world";
import { testClient } from "../support/test-client";
import { useTestDatabase } from "../support/test-database";

useDataFolder();
/** Less than one image takes: the first job fills a visitor's room, the second an address's. */
const GIB = 0.00001;
process.env.SAMPLE_GIB_PER_OWNER = String(GIB);
process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
const database = useTestDatabase();
const client = testClient("127.0.0.1");
const signal = new AbortController().signal;
let endpoint: ImageEndpoint;
let judge: JudgeEndpoint;

beforeAll(async () => {
  // What other tests have raised.
  process.env.MODELS_PER_OWNER = "20";
  process.env.RUNNING_RUNS_PER_OWNER = "4";
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  endpoint = await startImageEndpoint();
  judge = await startJudgeEndpoint();
  await addBoard(database.db, 40);
});
beforeEach(async () => {
  const { db } = database;
  await db.rateLimit.deleteMany();
  await db.model.deleteMany();
  await db.$executeRaw`delete from graphile_worker._private_jobs`;
  endpoint.answer = ANSWERS.good;
});
afterAll(async () => {
  await client.close();
  await endpoint.close();
  await judge.close();
});

const submit = (visitor: { voterId: string; address?: string }) =>
  submitEndpoint({ submission: submissionOf(endpoint), ...visitor });
/** What submissions come to: how many were taken, and what the others were told. */
async function tally(asked: Promise<unknown>[]): Promise<{ taken: number; told: Set<string> }> {
  const ends = await Promise.allSettled(asked);
  return {
    taken: ends.filter(({ status }) => status === "fulfilled").length,
    told: new Set(ends.flatMap((end) => (end.status === "rejected" ? [(end.reason as Error).message] : []))),
  };
}

it("sixty submissions at once from one address, each with a new cookie, leave three visitors' worth of runs", async () => {
  const most = 3 * env().RUNNING_RUNS_PER_OWNER;
  const responses = await Promise.all(
    Array.from({ length: 60 }, (_, i) =>
      postModel(
        new Request("http://salon.test/api/v1/models", {
          method: "POST",
          headers: {
            "content-type": "application/json",
            host: "salon.test",
            "x-forwarded-for": "203.0.113.9",
          },
          body: JSON.stringify({
            name: `Model ${i}`,
            creator: "Tests",
            endpointUrl: endpoint.origin,
            providerModel: "test",
          }),
        }),
      ),
    ),
  );
  expect(responses.filter(({ status }) => status === 201)).toHaveLength(most);
  expect(await database.db.run.count()).toBe(most);
  const refused = responses.find(({ status }) => status === 409)!;
  expect(await refused.json()).toEqual({
    error: {
      code: "conflict",
      message: `There are ${most} runs that are not finished here from your network address, the most that all of its visitors may have together. Wait until one is, or cancel one.`,
      field: null,
    },
  });
});

it("one visitor's unfinished runs are bounded, also by resuming; what has ended makes room", async () => {
  const { db } = database;
  const voterId = newId("voter");
  const most = env().RUNNING_RUNS_PER_OWNER;
  const { taken, told } = await tally(Array.from({ length: 10 }, () => submit({ voterId })));
  expect(taken).toBe(most);
  expect([...told]).toEqual([expect.stringContaining(`You have ${most} runs that are not finished here`)]);
  const run = await db.run.findFirstOrThrow();
  await db.run.update({ where: { id: run.id }, data: { state: "CANCELLED" } });
  await submit({ voterId });
  await expect(resumeRun({ runId: run.id, voterId })).rejects.toThrow("not finished");
  await submit({ voterId: newId("voter") });
});

it("models are bounded by visitor and by address, whatever their runs have come to", async () => {
  const { db } = database;
  const voterId = newId("voter");
  const most = env().MODELS_PER_OWNER;
  for (let i = 0; i < most; i++) {
    await submit({ voterId, address: "203.0.113.9" });
    await db.run.updateMany({ data: { state: "FAILED" } });
  }
  await expect(submit({ voterId, address: "203.0.113.9" })).rejects.toThrow(`You have ${most} models here`);
  // Two more visitors' worth of them from the same address.
  await db.model.updateMany({ data: { submitterId: newId("voter") } });
  const { addressHash } = await db.model.findFirstOrThrow();
  await db.model.createMany({
    data: Array.from({ length: 2 * most }, (_, i) => ({
      id: newId("model"),
      slug: `more-${i}`,
      name: "More",
      creator: "Tests",
      modality: "TEXT_TO_IMAGE" as const,
      submitterId: newId("voter"),
      addressHash,
    })),
  });
  await expect(submit({ voterId: newId("voter"), address: "203.0.113.9" })).rejects.toThrow(
    `There are ${3 * most} models here from your network address`,
  );
  await submit({ voterId: newId("voter"), address: "203.0.113.10" });
});

it("judges are bounded by visitor and by address, and the operator's are not", async () => {
  const add = (ownerId: string | null, i: number) =>
    addJudge(
      { submission: judgeSubmissionOf(judge, { name: `Judge ${i}` }), ownerId, address: "203.0.113.9" },
      client,
      database.db,
    );
  const voterId = newId("voter");
  const own = await tally(Array.from({ length: 8 }, (_, i) => add(voterId, i)));
  expect(own.taken).toBe(5);
  expect([...own.told]).toEqual([expect.stringContaining("You have 5 judges here")]);
  const others = await tally(Array.from({ length: 12 }, (_, i) => add(newId("voter"), i)));
  expect(others.taken).toBe(10);
  expect([...others.told]).toEqual([expect.stringContaining("15 judges here from your network address")]);
  for (let i = 0; i < 7; i++) await add(null, i);
}, 240_000);

it("a submitter's samples stop at their room: the run ends with what to do, and goes on when there is room again", async () => {
  const { db } = database;
  const [voterId, address] = [newId("voter"), "203.0.113.9"];
  const draw = (runId: string, from: number) =>
    generateSamples({ runId, from, to: from + 2 }, { db, client, signal, retriesLeft: false });
  const { runId } = await submit({ voterId, address });
  const kept = () => db.sample.count({ where: { runId } });
  await draw(runId, 0);
  expect(await kept()).toBe(2); // 24 KB: more than one visitor's room, less than an address's
  await draw(runId, 2);
  expect(await kept()).toBe(2);
  expect(await db.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({
    state: "FAILED",
    failureReason: { code: "own_room_full", gib: GIB },
  });
  await expect(submit({ voterId, address })).rejects.toThrow(`take up ${GIB} GiB`);

  const neighbour = await submit({ voterId: newId("voter"), address });
  await draw(neighbour.runId, 0);
  await expect(submit({ voterId: newId("voter"), address })).rejects.toThrow("from your network address");
  await submit({ voterId: newId("voter"), address: "203.0.113.10" });

  await db.artifact.updateMany({ data: { bytes: 100 } });
  await resumeRun({ runId, voterId });
  await draw(runId, 2);
  expect(await kept()).toBe(4);
});
