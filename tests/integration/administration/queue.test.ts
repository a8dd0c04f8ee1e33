import { beforeAll, beforeEach, expect, test } from "vitest";
import pino from "pino";
import { GET, POST } from "@/app/api/v1/admin/queue/route";
import { readAdminCounts } from "@/lib/administration/read-counts";
import { enqueue } from "@/lib/queue/enqueue";
import type { QueueView } from "@/lib/schemas/administration/queue";
import { holdLiveness } from "@/workers/liveness";
import { expectError, request } from "../../support/api-requests";
import { useTestDatabase } from "../../support/test-database";

process.env.SALON_SECRET ??= "a secret of the tests, which nobody must guess";
process.env.HOST = "127.0.0.1";
const database = useTestDatabase();

beforeAll(() => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
});
beforeEach(async () => {
  await database.db.$executeRaw`delete from graphile_worker._private_jobs`;
});

/** A job as it stands after some attempts. @returns its number */
async function job(
  runId: string,
  after: { attempts: number; error?: string; lockedBy?: string },
): Promise<string> {
  const { attempts, error = null, lockedBy = null } = after;
  await enqueue("advance-run", { runId }, { key: runId }, database.db);
  const [{ id }] = await database.db.$queryRaw<[{ id: string }]>`
    update graphile_worker._private_jobs set attempts = ${attempts}, last_error = ${error}, locked_by = ${lockedBy},
      locked_at = case when ${lockedBy}::text is null then null else now() end,
      run_at = case when ${attempts} > 0 then now() + interval '1 hour' else run_at end
    where key = ${runId} returning id::text`;
  return id;
}
const read = async () => (await (await GET(request("GET", "/api/v1/admin/queue"))).json()) as QueueView;
const change = (body: unknown) => POST(request("POST", "/api/v1/admin/queue", { body }));
const MOST = 10;

test("jobs are counted by how they stand, and failed ones told of without their secrets", async () => {
  await job("waits", { attempts: 0 });
  await job("runs", { attempts: 1, lockedBy: "worker" });
  const retried = await job("retries", { attempts: 2, error: "answered 503" });
  const dead = await job("dead", { attempts: MOST, error: "https://user:hunter2@a.example refused" });
  const { kinds, failed } = await read();
  expect(kinds).toMatchObject([{ kind: "advance-run", waiting: 1, running: 1, retrying: 1, failed: 1 }]);
  expect(failed).toMatchObject([
    { id: dead, about: { runId: "dead" }, attempts: MOST, maxAttempts: MOST, nextTry: null },
    { id: retried, error: "answered 503", attempts: 2, nextTry: expect.any(String) },
  ]);
  expect(JSON.stringify(failed)).not.toContain("hunter2");
  expect((await readAdminCounts()).queue).toMatchObject({ waiting: 1, retrying: 1, failed: 1 });
});

test("a failed job is done again at once and from its first attempt; one in a worker's hands is left alone", async () => {
  const dead = await job("dead", { attempts: MOST, error: "no" });
  const running = await job("runs", { attempts: 1, lockedBy: "worker" });
  expect(await (await change({ action: "retry", job: dead })).json()).toEqual({ changed: 1 });
  await expectError(await change({ action: "retry", job: running }), 404, "not_found");
  const rows = await database.db.$queryRaw`
    select key, attempts, run_at <= now() as due, locked_by from graphile_worker._private_jobs order by key`;
  expect(rows).toEqual([
    { key: "dead", attempts: 0, due: true, locked_by: null },
    { key: "runs", attempts: 1, due: false, locked_by: "worker" },
  ]);
});

test("all failed jobs of a kind are done again together, and those that only wait are not touched", async () => {
  for (const id of ["a", "b"]) await job(id, { attempts: MOST, error: "no" });
  await job("waits", { attempts: 0 });
  expect(await (await change({ action: "retry", kind: "advance-run" })).json()).toEqual({ changed: 2 });
  expect((await read()).failed).toMatchObject([{ attempts: 0 }, { attempts: 0 }]);
});

test("only a job that is tried no more can be removed, and a removal is in the log of changes", async () => {
  const [dead, retried] = [
    await job("dead", { attempts: MOST, error: "no" }),
    await job("r", { attempts: 1, error: "no" }),
  ];
  await expectError(await change({ action: "remove", job: retried }), 404, "not_found");
  expect((await change({ action: "remove", job: dead })).status).toBe(200);
  await expectError(await change({ action: "remove", job: dead }), 404, "not_found");
  expect((await read()).failed.map(({ id }) => id)).toEqual([retried]);
  const [event] = await database.db.auditEvent.findMany({ orderBy: { id: "desc" }, take: 1 });
  expect(event).toMatchObject({ action: "queue.manage", subjectKind: "job", subjectId: dead, after: null });
});

test("a worker is told of while its connection lives, and its absence among what is paused", async () => {
  expect((await read()).paused).toContainEqual({ what: "no_worker" });
  const liveness = holdLiveness(database.url, pino({ level: "silent" }));
  await liveness.announce("one");
  await liveness.announce("two");
  const { workers, paused } = await read();
  expect(workers).toMatchObject([{ slots: 2, since: expect.any(String) }]);
  expect(paused).toEqual([]);
  await liveness.close();
});

test("what names neither a job nor a kind is refused", async () => {
  for (const body of [
    {},
    { action: "retry" },
    { action: "remove", kind: "advance-run" },
    { action: "retry", job: "x" },
  ])
    await expectError(await change(body), 400, "invalid_request");
});
