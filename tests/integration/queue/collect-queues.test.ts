import postgres from "postgres";
import { beforeEach, expect, it } from "vitest";
import { enqueue } from "@/lib/queue/enqueue";
import { collectQueues } from "@/workers/sweeps/collect-queues";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const add = (queue: string) => enqueue("advance-run", { runId: queue }, { key: queue, queue }, database.db);
const names = async () =>
  (
    await database.db.$queryRaw<{ name: string }[]>`
      select queue_name as name from graphile_worker._private_job_queues order by queue_name`
  ).map(({ name }) => name);

beforeEach(async () => {
  await database.db.$executeRaw`delete from graphile_worker._private_jobs`;
  await database.db.$executeRaw`delete from graphile_worker._private_job_queues`;
});

it("queues without jobs go; those with one, or in a worker's hands, stay", async () => {
  const { db } = database;
  for (const queue of ["empty", "full", "taken"]) await add(queue);
  await db.$executeRaw`delete from graphile_worker._private_jobs where key <> 'full'`;
  await db.$executeRaw`
    update graphile_worker._private_job_queues set locked_by = 'worker', locked_at = now() where queue_name = 'taken'`;
  expect(await collectQueues(db)).toBe(1);
  expect(await names()).toEqual(["full", "taken"]);
});

it("while a job is being added nothing goes, and nobody waits for it", async () => {
  await add("empty");
  await database.db.$executeRaw`delete from graphile_worker._private_jobs`;
  const sql = postgres(database.url, { max: 1, onnotice: () => {} });
  await sql.begin(async (tx) => {
    await tx`select graphile_worker.add_job('advance-run', '{"runId":"x"}', queue_name := 'empty')`;
    expect(await collectQueues(database.db)).toBe(0);
  });
  await sql.end();
  const jobs = await database.db.$queryRaw`select queue_name from graphile_worker.jobs`;
  expect(jobs).toEqual([{ queue_name: "empty" }]);
});
