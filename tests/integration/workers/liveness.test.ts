import pino from "pino";
import { afterEach, expect, it } from "vitest";
import { enqueue } from "@/lib/queue/enqueue";
import { holdLiveness, type Liveness } from "@/workers/liveness";
import { unlockDeadWorkers } from "@/workers/sweeps/unlock-dead-workers";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();
const open: Liveness[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((liveness) => liveness.close()));
  await database.db.$executeRaw`delete from graphile_worker._private_jobs`;
  await database.db.$executeRaw`delete from graphile_worker._private_job_queues`;
});

function hold(): Liveness {
  const liveness = holdLiveness(database.url, pino({ level: "silent" }));
  open.push(liveness);
  return liveness;
}
/** A job in a queue, both locked by a worker: what a worker at work, or one that was killed, looks like. */
async function lockedBy(worker: string): Promise<void> {
  const { db } = database;
  await enqueue("advance-run", { runId: worker }, { key: worker, queue: `queue of ${worker}` }, db);
  await db.$executeRaw`update graphile_worker._private_jobs set locked_by = ${worker}, locked_at = now() where key = ${worker}`;
  await db.$executeRaw`
    update graphile_worker._private_job_queues set locked_by = ${worker}, locked_at = now()
    where queue_name = ${`queue of ${worker}`}`;
}
const locks = () => database.db.$queryRaw<{ job: string | null; queue: string | null }[]>`
  select j.locked_by as job, q.locked_by as queue
  from graphile_worker._private_jobs j join graphile_worker._private_job_queues q on q.id = j.job_queue_id
  order by j.id`;

it("only workers whose process is gone lose their jobs and queues", async () => {
  await hold().announce("worker-alive");
  await lockedBy("worker-alive");
  await lockedBy("worker-gone");
  expect(await unlockDeadWorkers(database.db)).toEqual(["worker-gone"]);
  expect(await locks()).toEqual([
    { job: "worker-alive", queue: "worker-alive" },
    { job: null, queue: null },
  ]);
  expect(await unlockDeadWorkers(database.db)).toEqual([]);
});

it("a worker is gone the moment its connection closes", async () => {
  const liveness = hold();
  await liveness.announce("worker-dying");
  await lockedBy("worker-dying");
  expect(await unlockDeadWorkers(database.db)).toEqual([]);
  await liveness.close();
  // The server notices within milliseconds, but in its own time.
  await expect.poll(() => unlockDeadWorkers(database.db)).toEqual(["worker-dying"]);
});

it("sweeps that meet do not wait for each other, and one of them does the work", async () => {
  for (let i = 0; i < 5; i++) await lockedBy(`worker-gone-${i}`);
  const swept = await Promise.all(Array.from({ length: 6 }, () => unlockDeadWorkers(database.db)));
  expect(swept.flat().sort()).toEqual(Array.from({ length: 5 }, (_, i) => `worker-gone-${i}`));
});

it("a connection that is lost is taken up again, with the proof of every worker", async () => {
  const liveness = hold();
  await liveness.announce("worker-a");
  await liveness.announce("worker-b");
  /** Server processes that hold a lock for us, one entry a lock. */
  const holders = () => database.db.$queryRaw<{ pid: number }[]>`
    select l.pid from pg_locks l join pg_stat_activity a using (pid)
    where l.locktype = 'advisory' and l.granted and a.application_name = 'salon-worker-liveness'
      and a.datname = current_database()`;
  const [first, second] = await holders();
  expect(second).toEqual(first);
  await database.db.$executeRaw`select pg_terminate_backend(${first.pid}::int)`;
  const retaken = async () => (await holders()).filter(({ pid }) => pid !== first.pid).length;
  await expect.poll(retaken, { timeout: 10_000 }).toBe(2);
  await lockedBy("worker-a");
  expect(await unlockDeadWorkers(database.db)).toEqual([]);
});
