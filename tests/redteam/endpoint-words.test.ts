import pino from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runFailureText } from "@/lib/schemas/reasons/failure-text";
import { storedRunFailure } from "@/lib/schemas/reasons/run-failure";
import { GET as getJudges } from "@/app/api/v1/judges/route";
import { GET as getRun } from "@/app/api/v1/runs/[runId]/route";
import { registerRuns } from "@/cli/runs";
import { VOTER_COOKIE, signVoterCookie } from "@/lib/votes/voter-cookie";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { addModel } from "@/lib/models/add-model";
import { advanceRun } from "@/lib/runs/advance-run";
import { generateSamples } from "@/lib/runs/generation/generate-samples";
import { startRun } from "@/lib/runs/start-run";
import { FileError } from "@/lib/media/files/file-error";
import { addJudge } from "@/lib/judges/add-judge";
import { judgeSamples } from "@/lib/judges/judge-samples";
import { listJudges } from "@/lib/judges/list-judges";
import { judgeListResponse } from "@/lib/schemas/judges/judging";
import { runResponse } from "@/lib/schemas/runs";
import { failRunOf } from "@/workers/exhausted";
import { queueLog } from "@/workers/log";
import { request } from "../support/api-requests";
import { addBoard, useDataFolder, type TestBoard } from "../support/evaluation-world";
import { apiError, imageOf, startImageEndpoint, type ImageEndpoint } from "../support/image-endpoint";
import { chatError, JUDGE_ANSWERS, startJudgeEndpoint, type JudgeEndpoint } from "../support/judge-endpoint";
import { addPublishedRun, judgeSubmissionOf } from "../support/judging-world";
import { salonCommand } from "../support/salon-command";
import { testClient } from "../support/test-client";
import { useTestDatabase } from "../support/test-database";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
useDataFolder();
const database = useTestDatabase();
const client = testClient("127.0.0.1");
const [OWNER, STRANGER] = [newId("voter"), newId("voter")];
const SECRET = "backend at http://10.9.8.7:8000 in rack 4 is down";
let endpoint: ImageEndpoint;
let judge: JudgeEndpoint;
let board: TestBoard;

beforeAll(async () => {
  process.env.HOST = "0.0.0.0";
  process.env.ANONYMOUS_SUBMITTING = "true";
  process.env.DATABASE_URL = database.url;
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  [endpoint, judge] = [await startImageEndpoint(), await startJudgeEndpoint()];
  board = await addBoard(database.db, 12);
});
afterAll(() => Promise.all([endpoint.close(), judge.close(), client.close()]));

const context = () => ({
  db: database.db,
  client,
  signal: new AbortController().signal,
  retriesLeft: false,
  // However busy this machine is, the job goes on to its end.
  turnMs: Infinity,
});

/** A listed model of the owner's with a run over so many prompts, generated from the endpoint as it answers now. */
async function generated(name: string, prompts: number, submitterId: string | null = OWNER): Promise<string> {
  const { id: modelId } = await addModel(
    { name, creator: "Tests", modality: "TEXT_TO_IMAGE", submitterId, listed: true },
    { baseUrl: endpoint.origin, providerModel: name, apiKey: null },
    database.db,
  );
  const { promptSetId } = board;
  const run = { modelId, promptSetId, promptCount: prompts, listsModel: true };
  const runId = await startRun(run, database.db);
  await generateSamples({ runId, from: 0, to: prompts }, context());
  await database.db.$transaction((tx) => advanceRun(runId, null, tx));
  return runId;
}
async function readAs(voterId: string | null, runId: string) {
  const cookie = voterId === null ? "" : `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
  const asked = request("GET", `/api/v1/runs/${runId}`, { cookie });
  return runResponse.parse(await (await getRun(asked, { params: Promise.resolve({ runId }) })).json());
}

describe("what an endpoint says beside its image cannot break what we write down", () => {
  test.each<[string, object, object]>([
    [
      "U+0000 in the prompt it made",
      { revised_prompt: "a\0 red\u202e ball" },
      { revisedPrompt: "a red ball" },
    ],
    [
      "a prompt of a megabyte's half",
      { revised_prompt: "x".repeat(20_000) },
      { revisedPrompt: "x".repeat(4_000) },
    ],
    ["a prompt that is no text", { revised_prompt: { a: 1 } }, { revisedPrompt: null }],
    ["1e308 ms of computing", { salon: { computeMs: 1e308 } }, { inferenceMs: null }],
    ["negative computing", { salon: { computeMs: -5, seeds: [7] } }, { inferenceMs: null, seedUsed: 7 }],
    ["a seed of 2^53", { salon: { seeds: [2 ** 53], computeMs: 5 } }, { inferenceMs: 5, seedUsed: null }],
    ["half a seed", { salon: { seeds: [1.5] } }, { seedUsed: null }],
    ["seeds that are none", { salon: { seeds: "seven" } }, { seedUsed: null }],
  ])("%s", async (name, more, kept) => {
    endpoint.answer = async (response, body) => {
      const { salon, ...beside } = more as { salon?: unknown };
      const b64_json = (await imageOf(body)).toString("base64");
      response.end(JSON.stringify({ data: [{ b64_json, ...beside }], salon }));
    };
    const runId = await generated(name, 1);
    expect(await database.db.sampleFailure.count({ where: { runId } })).toBe(0);
    expect(await database.db.sample.findMany({ where: { runId } })).toMatchObject([kept]);
  });

  test("a judge's words, bill and counts", async () => {
    const { runId } = await addPublishedRun(database.db, board, "judged");
    judge.answer = JUDGE_ANSWERS.good;
    const submission = judgeSubmissionOf(judge, { name: "Odd judge", promptsPerRun: 1, concurrency: 1 });
    const { judgeId } = await addJudge({ submission, ownerId: null }, client, database.db);
    judge.answer = (response, body) =>
      JUDGE_ANSWERS.good(
        {
          writeHead: () => ({
            end: (text: string) => {
              const reply = JSON.parse(text) as {
                choices: { message: { content: string } }[];
                usage: unknown;
              };
              const { message } = reply.choices[0];
              message.content = message.content.replace(
                "It looks right.",
                "It \\u0000looks \\u001b[31mright.",
              );
              reply.usage = { prompt_tokens: 1e308, completion_tokens: 1.5, cost: 1e308 };
              response.end(JSON.stringify(reply));
            },
          }),
        } as unknown as typeof response,
        body,
      );
    const task = await database.db.judgeTask.findFirstOrThrow({ where: { judgeId, runId } });
    await judgeSamples({ taskId: task.id, lane: 0 }, context());
    const [verdict] = await database.db.judgeSampleVerdict.findMany({
      where: { judgeId },
      include: { call: true },
    });
    expect(verdict).toMatchObject({
      noVerdict: null,
      call: { inputTokens: null, outputTokens: null, costUsd: null },
    });
    expect(verdict.details).toMatchObject({ reasoning: "It looks [31mright." });
    expect(Number((await database.db.judge.findUniqueOrThrow({ where: { id: judgeId } })).spentUsd)).toBe(0);
    await database.db.judge.delete({ where: { id: judgeId } });
  });
});

describe("a failure of our own is told by its number in the log alone", () => {
  const failed = async (error: unknown) => {
    endpoint.answer = apiError(500, "server_error");
    const runId = await generated(`failing ${Math.random()}`, 2);
    await database.db.run.update({ where: { id: runId }, data: { state: "GENERATING" } });
    const lines: string[] = [];
    const log = pino({ level: "info" }, { write: (line) => void lines.push(line) });
    await failRunOf({ runId }, error, { ...context(), log });
    const { failureReason } = await database.db.run.findUniqueOrThrow({ where: { id: runId } });
    return { failureReason: runFailureText(storedRunFailure.parse(failureReason)), logged: lines.join("") };
  };

  test("a database's", async () => {
    const inner = await database.db.model.create({ data: { id: "x", slug: "x\0", name: "x", creator: "x", modality: "TEXT_TO_IMAGE" } }).catch((error: unknown) => error); // prettier-ignore
    // Prisma quotes the source around the call unless it is told not to.
    expect(String(inner)).not.toMatch(/endpoint-words|→|data: \{ id/);
    const { failureReason, logged } = await failed(inner);
    const [, id] = /^It could not be finished: internal error ([0-9a-f]{8}): /.exec(failureReason)!;
    expect(failureReason).not.toMatch(/invocation|prisma|model/i);
    expect(logged).toContain(id);
    expect(logged).toMatch(/invocation/);
  });

  test("a file's, which names its place", async () => {
    const { failureReason } = await failed(new FileError("/srv/salon/weights.onnx", "cannot be read."));
    expect(failureReason).toMatch(/^It could not be finished: internal error [0-9a-f]{8}/);
  });

  test("what was foreseen is told in its words", async () => {
    const { failureReason } = await failed(
      new SalonError("endpoint_failed", "The endpoint is asked too fast."),
    );
    expect(failureReason).toBe("It could not be finished: The endpoint is asked too fast.");
  });

  test("a job that failed is not told twice, the second time with its stack", () => {
    const lines: string[] = [];
    const queue = queueLog(pino({ level: "debug" }, { write: (line) => void lines.push(line) }));
    queue.error("Failed task 1 (generate-samples) with error 'no':\n at createMany", { failure: true });
    queue.error("The queue is broken");
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain("The queue is broken");
  });
});

describe("what an endpoint says, and where it is, is its owner's to read", () => {
  test("of a run: strangers see kinds and counts", async () => {
    endpoint.answer = apiError(500, "server_error", SECRET);
    const runId = await generated("Leaky", 12);
    const own = await readAs(OWNER, runId);
    expect(own.state).toBe("FAILED");
    expect(JSON.stringify(own.failedFor)).toContain(SECRET);
    expect(own.failures[0]).toMatchObject({ code: "transient", message: expect.stringContaining(SECRET) });
    for (const voterId of [STRANGER, null]) {
      const seen = await readAs(voterId, runId);
      expect(JSON.stringify(seen)).not.toMatch(/10\.9\.8\.7|rack 4|127\.0\.0\.1/);
      expect(seen).toMatchObject({ failedFor: null, failures: [], state: "FAILED" });
      expect(seen.failureCodes).toEqual([{ code: "transient", count: seen.failed }]);
      expect(seen.failed).toBeGreaterThan(0);
    }
  });

  test("of the operator's run nobody reads it but the operator, at the command line", async () => {
    endpoint.answer = apiError(500, "server_error", SECRET);
    const runId = await generated("House model", 12, null);
    for (const voterId of [STRANGER, null]) {
      expect(JSON.stringify(await readAs(voterId, runId))).not.toMatch(/rack 4/);
    }
    const { out } = await salonCommand(registerRuns)("runs", "failures", runId);
    expect(out).toMatch(new RegExp(`^${runId} is failed: None of the first`));
    expect(out).toContain(SECRET);
  });

  test("of a judge: why it stopped, and examples of its failures", async () => {
    judge.answer = JUDGE_ANSWERS.good;
    const submission = judgeSubmissionOf(judge, { name: "Leaky judge", concurrency: 1 });
    const { judgeId } = await addJudge({ submission, ownerId: null }, client, database.db);
    const { runId } = await database.db.run.findFirstOrThrow({
      where: { model: { slug: "judged" } },
      select: { id: true },
    }).then(({ id }) => ({ runId: id })); // prettier-ignore
    judge.answer = chatError(400, "server_error", SECRET);
    const task = await database.db.judgeTask.findFirstOrThrow({ where: { judgeId, runId } });
    for (let round = 0; round < 3; round++) await judgeSamples({ taskId: task.id, lane: 0 }, context());
    const listed = async (voterId: string | null) => {
      const cookie = voterId === null ? "" : `${VOTER_COOKIE}=${await signVoterCookie(voterId)}`;
      const response = await getJudges(request("GET", "/api/v1/judges", { cookie }));
      return judgeListResponse.parse(await response.json()).judges.find((each) => each.judgeId === judgeId)!;
    };
    const operators = (await listJudges("operator")).judges.find((each) => each.judgeId === judgeId)!;
    expect(operators).toMatchObject({
      state: "PAUSED",
      pausedFor: { code: "no_answers", said: expect.stringContaining(SECRET) },
    });
    expect(operators.withoutVerdict[0].example).toContain(SECRET);
    for (const voterId of [STRANGER, null]) {
      const seen = await listed(voterId);
      expect(JSON.stringify(seen)).not.toMatch(/rack 4|10\.9\.8\.7/);
      expect(seen).toMatchObject({ state: "PAUSED", pausedFor: null, stateReason: null });
      expect(seen.withoutVerdict).toEqual([{ reason: "invalid", count: 10, example: "" }]);
      const { judging } = await readAs(voterId, runId);
      expect(judging.find(({ name }) => name === "Leaky judge")).toMatchObject({
        paused: true,
        pausedFor: null,
      });
    }
    // A visitor's judge is that visitor's to read.
    await database.db.judge.update({
      where: { id: judgeId },
      data: { ownerId: OWNER, admittedAt: new Date() },
    });
    expect((await listed(OWNER)).stateReason).toContain(SECRET);
    expect((await listed(STRANGER)).stateReason).toBeNull();
  });
});
