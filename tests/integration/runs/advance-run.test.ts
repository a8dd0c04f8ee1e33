import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { inTransaction } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import type { RunState } from "@/lib/db/generated/enums";
import { advanceRun } from "@/lib/runs/advance-run";
import { cancelRun } from "@/lib/runs/cancel-run";
import { publishModel } from "@/lib/runs/publish-model";
import { readRun } from "@/lib/pages/read-run";
import { listRuns } from "@/lib/runs/list-runs";
import { requeueStalledRuns } from "@/lib/runs/requeue-stalled-runs";
import { resumeRun } from "@/lib/runs/resume-run";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { addBoard, submissionOf, useDataFolder, type TestBoard } from "../../support/evaluation-world";
import { useTestDatabase } from "../../support/test-database";

useDataFolder();
const database = useTestDatabase();
const SUBMITTER = newId("voter");
let board: TestBoard;
beforeAll(async () => {
  board = await addBoard(database.db, 20);
});
afterEach(() => database.db.$executeRaw`delete from graphile_worker._private_jobs`);

/** A run in the given state with so many samples and failures, and no jobs. */
async function runWith(state: RunState, generated: number, failed = 0): Promise<string> {
  const { db } = database;
  const submission = submissionOf({ origin: "http://127.0.0.1:9" });
  const { runId, modelId } = await db.$transaction((tx) =>
    submitEndpoint({ submission, voterId: SUBMITTER }, tx),
  );
  await db.$executeRaw`delete from graphile_worker._private_jobs`;
  const prompts = await db.prompt.findMany({
    where: { promptSetId: board.promptSetId },
    orderBy: { index: "asc" },
  });
  const sha256 = "0".repeat(64);
  await db.artifact.createMany({
    data: [{ sha256, bytes: 1, mediaType: "image/png", width: 64, height: 64 }],
    skipDuplicates: true,
  });
  await db.sample.createMany({
    data: prompts.slice(0, generated).map((prompt) => ({
      id: newId("sample"),
      runId,
      modelId,
      promptId: prompt.id,
      artifactHash: sha256,
      latencyMs: 10,
    })),
  });
  await db.sampleFailure.createMany({
    data: prompts.slice(generated, generated + failed).map((prompt) => ({
      id: newId("failure"),
      runId,
      promptId: prompt.id,
      code: "refused",
      message: "Refused.",
      attempts: 1,
    })),
  });
  await db.run.update({ where: { id: runId }, data: { state, startedAt: new Date(Date.now() - 30_000) } });
  return runId;
}

const stateOf = async (id: string) => (await database.db.run.findUniqueOrThrow({ where: { id } })).state;
/** A job that was asked for twice has a revision above 0, although its key made it one. */
const jobsOf = (runId: string) =>
  database.db.$queryRaw<{ task: string; revision: number }[]>`
    select task_identifier as task, revision from graphile_worker.jobs where key like ${`${runId}:%`} order by id`;
const advance = (runId: string, finished: "extracted" | "scored" | null = null) =>
  inTransaction((tx) => advanceRun(runId, finished, tx), database.db);

describe("advance-run", () => {
  it("has exactly one winner among racing workers, who alone queues the next stage", async () => {
    for (let round = 0; round < 5; round++) {
      const runId = await runWith("GENERATING", 18, 2);
      await Promise.all(Array.from({ length: 8 }, () => advance(runId)));
      expect(await stateOf(runId)).toBe("EXTRACTING");
      expect(await jobsOf(runId)).toEqual([{ task: "extract-features", revision: 0 }]);
    }
  });

  it("waits for a rival that has not committed, then finds nothing to do", async () => {
    const runId = await runWith("GENERATING", 20);
    let second: Promise<RunState> | undefined;
    await inTransaction(async (tx) => {
      expect(await advanceRun(runId, null, tx)).toBe("EXTRACTING");
      second = advance(runId);
      await expect.poll(async () => {
        const [{ n }] = await database.db.$queryRaw<[{ n: number }]>`
          select count(*)::int as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
        return n;
      }).toBe(1); // prettier-ignore
    }, database.db);
    expect(await second).toBe("EXTRACTING");
    expect(await jobsOf(runId)).toEqual([{ task: "extract-features", revision: 0 }]);
  });

  it("never overlooks the last sample, whoever of many workers brings it", async () => {
    const runId = await runWith("GENERATING", 0);
    const { modelId } = await database.db.run.findUniqueOrThrow({ where: { id: runId } });
    const prompts = await database.db.prompt.findMany({ where: { promptSetId: board.promptSetId } });
    await Promise.all(
      prompts.map(async ({ id: promptId }) => {
        const sample = { runId, modelId, promptId, artifactHash: "0".repeat(64), latencyMs: 1 };
        await database.db.sample.create({ data: { id: newId("sample"), ...sample } });
        await advance(runId);
      }),
    );
    expect(await stateOf(runId)).toBe("EXTRACTING");
    expect(await jobsOf(runId)).toEqual([{ task: "extract-features", revision: 0 }]);
  });

  it("goes through the stages and lists the model at the end, if its submitter wished so", async () => {
    const runId = await runWith("GENERATING", 20);
    expect(await advance(runId, "scored")).toBe("EXTRACTING");
    expect(await advance(runId, "scored")).toBe("EXTRACTING");
    expect(await advance(runId, "extracted")).toBe("SCORING");
    expect((await jobsOf(runId)).map(({ task }) => task)).toContain("compute-metrics");
    const listed = async () =>
      (await database.db.model.findFirstOrThrow({ where: { runs: { some: { id: runId } } } })).listed;
    expect(await listed()).toBe(false);
    expect(await advance(runId, "scored")).toBe("PUBLISHED");
    expect(await listed()).toBe(true);
  });

  it("counts a sample that was had after all as had", async () => {
    const runId = await runWith("GENERATING", 19);
    const sample = await database.db.sample.findFirstOrThrow({ where: { runId } });
    await database.db.sampleFailure.create({
      data: {
        id: newId("failure"),
        runId,
        promptId: sample.promptId,
        code: "timeout",
        message: "-",
        attempts: 2,
      },
    });
    expect(await advance(runId)).toBe("GENERATING");
  });

  it("fails a run of which too little can be had, with the numbers and what was said most", async () => {
    const runId = await runWith("GENERATING", 5, 15);
    expect(await advance(runId)).toBe("FAILED");
    const run = await readRun({ runId, voterId: SUBMITTER }, database.db);
    expect(run.failedFor).toEqual({
      code: "too_few_made",
      failed: 15,
      total: 20,
      needed: 10,
      most: "Refused.",
    });
    expect(run.failures).toHaveLength(15);
    expect(await jobsOf(runId)).toEqual([]);
  });
});

describe("cancel, resume, publish", () => {
  const as = (voterId: string | null, runId: string) => ({ runId, voterId });
  it("are the submitter's alone, and a private run exists for no one else", async () => {
    const runId = await runWith("GENERATING", 5);
    for (const verb of [cancelRun, resumeRun, publishModel]) {
      await expect(database.db.$transaction((tx) => verb(as("vtr_other", runId), tx))).rejects.toMatchObject({
        code: "not_found",
      });
      await expect(database.db.$transaction((tx) => verb(as(null, runId), tx))).rejects.toMatchObject({
        code: "not_found",
      });
    }
    await expect(readRun(as(null, runId), database.db)).rejects.toMatchObject({ code: "not_found" });
    await expect(readRun(as(SUBMITTER, runId), database.db)).resolves.toMatchObject({ canControl: true });
    const { modelId } = await database.db.run.findUniqueOrThrow({ where: { id: runId } });
    await database.db.model.update({ where: { id: modelId }, data: { listed: true } });
    await expect(readRun(as(null, runId), database.db)).resolves.toMatchObject({ canControl: false });
    await expect(
      database.db.$transaction((tx) => cancelRun(as("vtr_other", runId), tx)),
    ).rejects.toMatchObject({
      code: "forbidden",
    });
    expect(await stateOf(runId)).toBe("GENERATING");
  });

  it("a cancelled run keeps its samples, and goes on with what is missing, failures included", async () => {
    const runId = await runWith("GENERATING", 7, 2);
    await database.db.$transaction((tx) => cancelRun(as(SUBMITTER, runId), tx));
    expect(await stateOf(runId)).toBe("CANCELLED");
    expect(await advance(runId)).toBe("CANCELLED");
    await database.db.$transaction((tx) => resumeRun(as(SUBMITTER, runId), tx));
    expect(await stateOf(runId)).toBe("GENERATING");
    const chunks = await database.db.$queryRaw<{ from: number }[]>`
      select (payload ->> 'from')::int as from from graphile_worker._private_jobs order by 1`;
    expect(chunks.map(({ from }) => from)).toEqual(Array.from({ length: 13 }, (_, at) => 7 + at));
    expect(await database.db.sampleFailure.count({ where: { runId } })).toBe(0);
    await expect(database.db.$transaction((tx) => resumeRun(as(SUBMITTER, runId), tx))).rejects.toMatchObject(
      {
        code: "conflict",
      },
    );
  });

  it("a complete run is left alone; one that was published with failures can try them again", async () => {
    const complete = await runWith("PUBLISHED", 20);
    await expect(
      database.db.$transaction((tx) => resumeRun(as(SUBMITTER, complete), tx)),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    await expect(
      database.db.$transaction((tx) => cancelRun(as(SUBMITTER, complete), tx)),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    const partial = await runWith("PUBLISHED", 18, 2);
    await database.db.$transaction((tx) => resumeRun(as(SUBMITTER, partial), tx));
    expect(await stateOf(partial)).toBe("GENERATING");
    expect(new Set((await jobsOf(partial)).map(({ task }) => task))).toEqual(new Set(["generate-samples"]));
  });

  it("publishing lists the model at once when it is scored, and not when its run ended without a score", async () => {
    const scored = await runWith("PUBLISHED", 20);
    await database.db.run.update({ where: { id: scored }, data: { listsModel: false } });
    await database.db.$transaction((tx) => publishModel(as(SUBMITTER, scored), tx));
    await expect(readRun(as(null, scored), database.db)).resolves.toMatchObject({ model: { listed: true } });
    const failed = await runWith("FAILED", 2, 18);
    await expect(
      database.db.$transaction((tx) => publishModel(as(SUBMITTER, failed), tx)),
    ).rejects.toMatchObject({
      code: "not_ready",
    });
  });
});

describe("a run's page", () => {
  it("shows counts, pace and time left", async () => {
    const runId = await runWith("GENERATING", 6, 2);
    const run = await readRun({ runId, voterId: SUBMITTER }, database.db);
    expect(run).toMatchObject({ total: 20, generated: 6, failed: 2, embedded: 0, medianLatencyMs: 10 });
    expect(run.recentSamples).toHaveLength(6);
    // Six samples in the last minute, of which the run has had about thirty seconds.
    expect(run.samplesPerMinute).toBeGreaterThan(9);
    expect(run.samplesPerMinute).toBeLessThanOrEqual(12.1);
    expect(run.etaSeconds).toBe(Math.round((12 / run.samplesPerMinute!) * 60));
  });

  it("lists runs newest first, others' private ones left out", async () => {
    const runId = await runWith("GENERATING", 1);
    const own = await listRuns({ limit: 100, voterId: SUBMITTER }, database.db);
    expect(own[0]).toMatchObject({ runId, total: 20, done: 1, state: "GENERATING" });
    const anyones = await listRuns({ limit: 100 }, database.db);
    expect(anyones.map((run) => run.runId)).not.toContain(runId);
  });
});

describe("the sweep over stalled runs", () => {
  it.each([
    ["GENERATING", 18, "generate-samples"],
    ["GENERATING", 20, "advance-run"],
    ["QUEUED", 0, "generate-samples"],
    ["EXTRACTING", 20, "extract-features"],
    ["SCORING", 20, "compute-metrics"],
  ] as const)("queues again what a run in %s with %i samples waits for", async (state, samples, task) => {
    const runId = await runWith(state, samples);
    expect(await requeueStalledRuns(database.db)).toContain(runId);
    expect(new Set((await jobsOf(runId)).map((job) => job.task))).toEqual(new Set([task]));
    expect(await requeueStalledRuns(database.db)).not.toContain(runId);
    await database.db.run.update({ where: { id: runId }, data: { state: "CANCELLED" } });
  });

  it("counts a job that has used up its attempts as none", async () => {
    const runId = await runWith("EXTRACTING", 20);
    await requeueStalledRuns(database.db);
    await database.db.$executeRaw`update graphile_worker._private_jobs set attempts = max_attempts`;
    expect(await requeueStalledRuns(database.db)).toContain(runId);
  });
});
