import { setTimeout as wait } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { cancelRun } from "@/lib/runs/cancel-run";
import { readRun } from "@/lib/pages/read-run";
import { startRun } from "@/lib/runs/start-run";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import type { RunView } from "@/lib/schemas/runs";
import type { SubmissionInput } from "@/lib/schemas/submissions";
import {
  addBoard,
  startWorker,
  submissionOf,
  useDataFolder,
  type TestWorker,
} from "../../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../../support/image-endpoint";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
let endpoint: ImageEndpoint;
let worker: TestWorker;
beforeAll(async () => {
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 40);
});
beforeEach(async () => {
  Object.assign(endpoint, { answer: ANSWERS.good, orders: [], keys: [], mostAtOnce: 0 });
  worker = await startWorker(database.db, database.url);
});
afterEach(() => worker.stop());
afterAll(() => endpoint.close());

async function submit(more: Partial<SubmissionInput>): Promise<string> {
  const submission = submissionOf(endpoint, more);
  const { runId } = await database.db.$transaction((tx) =>
    submitEndpoint({ submission, voterId: SUBMITTER }, tx),
  );
  return runId;
}
const read = (runId: string) => readRun({ runId, voterId: SUBMITTER }, database.db);
const until = async (runId: string, is: (run: RunView) => boolean): Promise<RunView> => {
  await expect.poll(async () => is(await read(runId)), { timeout: 40_000, interval: 50 }).toBe(true);
  return read(runId);
};
const isGenerated = (run: RunView) => run.state !== "QUEUED" && run.state !== "GENERATING";

describe("a bad endpoint ends its run with listed reasons", () => {
  it.each([
    ["html", "invalid", "a web page (HTML)"],
    ["error500", "transient", "HTTP 500"],
    ["hangsUp", "transient", "closed the connection"],
    ["truncated", "invalid", "truncated or damaged"],
    ["huge", "invalid", "20000 x 20000"],
    ["wrongSize", "invalid", "32x32"],
    ["refused", "refused", "moderation refused"],
    ["wrongKey", "invalid", "check the API key"],
  ] as const)("%s", async (answer, code, words) => {
    endpoint.answer = ANSWERS[answer];
    const run = await until(await submit({ promptCount: 2, concurrency: 1 }), isGenerated);
    expect(run).toMatchObject({ state: "FAILED", generated: 0, failed: 2 });
    expect(run.failedFor).toMatchObject({ code: "none_made", most: expect.stringContaining(words) });
    const attempts = code === "transient" ? 3 : 1;
    expect(run.failures).toEqual([
      { prompt: "prompt 1", code, message: expect.stringContaining(words), attempts },
      { prompt: "prompt 0", code, message: expect.stringContaining(words), attempts },
    ]);
    expect(endpoint.orders).toHaveLength(2 * attempts);
    expect(await database.db.artifact.count()).toBe(0);
  });

  it("one that never answers", async () => {
    endpoint.answer = ANSWERS.silent;
    const runId = await submit({ promptCount: 1 });
    // Rather than wait a minute.
    await database.db.endpoint.updateMany({ data: { timeoutMs: 300 } });
    await worker.stop();
    worker = await startWorker(database.db, database.url);
    const run = await until(runId, isGenerated);
    expect(run.failures).toMatchObject([{ code: "timeout", attempts: 2 }]);
  });

  it("is given up after ten prompts, not after all", async () => {
    endpoint.answer = ANSWERS.html;
    const run = await until(await submit({ promptCount: 40, concurrency: 1 }), isGenerated);
    expect(run.failedFor).toMatchObject({ code: "none_made" });
    expect(endpoint.orders.length).toBeLessThan(20);
  });
});

describe("a good endpoint", () => {
  it("is asked once for each prompt, with the prompt's seed, never by more at a time than it may", async () => {
    // A job a prompt, and four free slots: unbounded, as many orders would be open at a time. None is answered before two are open.
    let twoAreOpen = () => {};
    const two = new Promise<void>((resolve) => (twoAreOpen = resolve));
    endpoint.answer = async (response, body, request) => {
      if (endpoint.mostAtOnce > 1) twoAreOpen();
      await two;
      await wait(30);
      return ANSWERS.good(response, body, request);
    };
    const runId = await submit({ promptCount: 24, concurrency: 2, apiKey: "sk-of-the-endpoint" });
    const run = await until(runId, isGenerated);
    expect(run).toMatchObject({ generated: 24, failed: 0 });
    expect(new Set(endpoint.orders.map(({ prompt, seed }) => `${prompt} ${seed}`))).toEqual(
      new Set(Array.from({ length: 24 }, (_, index) => `prompt ${index} ${1 + index * 1000}`)),
    );
    expect(endpoint.orders).toHaveLength(24);
    expect(endpoint.mostAtOnce).toBe(2);
    expect(new Set(endpoint.keys)).toEqual(new Set(["Bearer sk-of-the-endpoint"]));
  });

  it("is asked for prompts in the arena with seeds that no other model is asked with, and again with the same", async () => {
    const { db } = database;
    const slug = "half-in-the-arena";
    const { promptSetId } = await addBoard(db, 6, slug, (index) => index % 2 === 0);
    const seeds: (number | undefined)[][] = [];
    for (const name of ["one", "two"]) {
      const runId = await submit({ name, board: slug });
      await until(runId, isGenerated);
      const { modelId } = await db.run.findUniqueOrThrow({ where: { id: runId } });
      const repeat = { modelId, promptSetId, promptCount: 6, listsModel: false };
      await until(await db.$transaction((tx) => startRun(repeat, tx)), isGenerated);
      const ordered = endpoint.orders.splice(0).sort((a, b) => a.prompt.localeCompare(b.prompt));
      expect(ordered).toHaveLength(12);
      const [first, again] = [0, 1].map((time) => ordered.filter((_, at) => at % 2 === time));
      expect(first.map(({ seed }) => seed)).toEqual(again.map(({ seed }) => seed));
      seeds.push(first.map(({ seed }) => seed));
    }
    const [one, two] = seeds;
    expect([1, 3, 5].map((index) => [one[index], two[index]])).toEqual(
      [1, 3, 5].map((index) => [1 + 1000 * index, 1 + 1000 * index]),
    );
    const secret = [0, 2, 4].flatMap((index) => [one[index], two[index]]);
    expect(new Set(secret).size).toBe(6);
    for (const seed of secret) expect([1, 2001, 4001]).not.toContain(seed);
  });

  it("that refuses some prompts is scored on the others", async () => {
    endpoint.answer = (response, body, request) =>
      (body.prompt === "prompt 3" ? ANSWERS.refused : ANSWERS.good)(response, body, request);
    const run = await until(await submit({ promptCount: 10 }), isGenerated);
    expect(run).toMatchObject({ generated: 9, failed: 1 });
    expect(run.failures).toMatchObject([{ prompt: "prompt 3", code: "refused", attempts: 1 }]);
  });

  it("that is asked too fast is asked again when it said", async () => {
    let refusals = 0;
    endpoint.answer = (response, body, request) => {
      if (body.prompt !== "prompt 2" || refusals++ > 0) return ANSWERS.good(response, body, request);
      response.writeHead(429, { "retry-after": "1" }).end();
    };
    const run = await until(await submit({ promptCount: 5 }), isGenerated);
    expect(run).toMatchObject({ generated: 5, failed: 0 });
    expect(endpoint.orders.filter(({ prompt }) => prompt === "prompt 2")).toHaveLength(2);
  });

  it("that breaks down for a while is waited for", async () => {
    // Longer than the tries within one job.
    endpoint.answer = (response, body, request) => {
      const tries = endpoint.orders.filter(({ prompt }) => prompt === "prompt 4").length;
      const down = body.prompt === "prompt 4" && tries <= 3;
      return (down ? ANSWERS.error500 : ANSWERS.good)(response, body, request);
    };
    const run = await until(await submit({ promptCount: 8 }), isGenerated);
    expect(run).toMatchObject({ generated: 8, failed: 0 });
    expect(endpoint.orders.filter(({ prompt }) => prompt === "prompt 4")).toHaveLength(4);
  });

  it("is left alone once the run is cancelled", async () => {
    const runId = await submit({ promptCount: 40, concurrency: 1 });
    endpoint.answer = async (response, body, request) => {
      if (endpoint.orders.length === 3) {
        await database.db.$transaction((tx) => cancelRun({ runId, voterId: SUBMITTER }, tx));
      }
      return ANSWERS.good(response, body, request);
    };
    await until(runId, (run) => run.state === "CANCELLED");
    await expect
      .poll(() => database.db.$queryRaw`select 1 from graphile_worker.jobs where key like ${`${runId}%`}`, {
        timeout: 20_000,
      })
      .toEqual([]);
    expect(endpoint.orders).toHaveLength(3);
    expect((await read(runId)).generated).toBe(3);
  });

  it("is finished by the next worker when one is told to stop, with nothing lost or asked twice", async () => {
    let stopped: Promise<void> | undefined;
    endpoint.answer = (response, body, request) => {
      if (endpoint.orders.length === 6) stopped = worker.stop();
      return ANSWERS.good(response, body, request);
    };
    const runId = await submit({ promptCount: 16, concurrency: 1 });
    await expect.poll(() => stopped !== undefined, { timeout: 20_000 }).toBe(true);
    await stopped;
    const attempts = await database.db.$queryRaw<{ attempts: number }[]>`
      select distinct attempts from graphile_worker.jobs where key like ${`${runId}:generate:%`}`;
    expect(attempts).toEqual([{ attempts: 0 }]);
    worker = await startWorker(database.db, database.url);
    const run = await until(runId, isGenerated);
    expect(run).toMatchObject({ generated: 16, failed: 0 });
    // The order that was open when the stop came may have been sent again.
    expect(endpoint.orders.length).toBeLessThanOrEqual(17);
  });
});
