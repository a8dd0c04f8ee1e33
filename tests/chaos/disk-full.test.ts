import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { newId } from "@/lib/db/new-id";
import { submitEndpoint } from "@/lib/runs/submit-endpoint";
import { addBoard, submissionOf, useDataFolder } from "../support/evaluation-world";
import { ANSWERS, startImageEndpoint, type ImageEndpoint } from "../support/image-endpoint";
import { useTestDatabase } from "../support/test-database";
import { spawnWorker, type WorkerProcess } from "../support/worker-process";

const folder = useDataFolder();
const database = useTestDatabase();
let endpoint: ImageEndpoint;
let worker: WorkerProcess | undefined;

beforeAll(async () => {
  endpoint = await startImageEndpoint();
  await addBoard(database.db, 16);
});
beforeEach(() => Object.assign(endpoint, { answer: ANSWERS.good, orders: [] }));
afterEach(async () => {
  await worker?.kill();
  await database.db.$executeRaw`delete from graphile_worker._private_jobs`;
  await database.db.model.deleteMany(); // listed by now: their names would be taken
});
afterAll(() => endpoint.close());

const start = (environment: Record<string, string>) =>
  spawnWorker({
    DATABASE_URL: database.url,
    SALON_DATA_DIR: folder.path,
    OUTBOUND_ALLOW: "127.0.0.1",
    ...environment,
  });
const submit = async () => {
  const submission = submissionOf(endpoint, { concurrency: 1 });
  const ask = { submission, voterId: newId("voter") };
  return (await database.db.$transaction((tx) => submitEndpoint(ask, tx))).runId;
};
const run = (id: string) => database.db.run.findUniqueOrThrow({ where: { id } });
const within = { timeout: 60_000, interval: 50 };
/** The jobs of a run's generation that a worker has in its hands, with the tries they have used up. */
const held = (runId: string) => database.db.$queryRaw<{ attempts: number }[]>`
  select attempts from graphile_worker.jobs where locked_by is not null and key like ${`${runId}:generate:%`}`;

it("below the watermark generation waits without using up tries, and a worker with room goes on", async () => {
  const runId = await submit();
  worker = start({ DISK_FREE_MIN_MB: String(2 ** 40) });
  await worker.said("waits: the disk is nearly full");
  expect(await held(runId)).toEqual([{ attempts: 1 }]);
  expect(await worker.stop()).toBe(0);
  expect(endpoint.orders).toEqual([]);
  const jobs = await database.db.$queryRaw`
    select distinct attempts, locked_by from graphile_worker.jobs where key like ${`${runId}:generate:%`}`;
  expect(jobs).toEqual([{ attempts: 0, locked_by: null }]);
  worker = start({ DISK_FREE_MIN_MB: "1" });
  await expect.poll(async () => (await run(runId)).state, within).toBe("PUBLISHED");
});

describe("on a disk that is really full", () => {
  let mount: string | undefined;
  beforeAll(() => {
    const target = mkdtempSync(path.join(tmpdir(), "salon-small-disk-"));
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=24m", "tmpfs", target], { stdio: "pipe" });
      mount = target;
    } catch (error) {
      console.warn(`Not tested: a small disk cannot be mounted here (${(error as Error).message.trim()}).`);
      rmSync(target, { recursive: true });
    }
  });
  afterAll(() => {
    if (mount === undefined) return;
    execFileSync("umount", [mount]);
    rmSync(mount, { recursive: true });
  });
  const fill = () => {
    const { bavail, bsize } = statfsSync(mount!);
    writeFileSync(path.join(mount!, "filler"), Buffer.alloc(bavail * bsize));
  };

  it.for([
    ["the watermark sees it", "4"],
    ["only the failed write tells (no watermark)", "0"],
  ])(
    "%s: the run waits, takes up no try, and ends complete when there is room",
    async ([, least], context) => {
      if (mount === undefined) return context.skip();
      // The same images again would need no writing.
      rmSync(path.join(mount, "artifacts"), { recursive: true, force: true });
      const runId = await submit();
      // The disk fills while the run is half done.
      endpoint.answer = (...order) => {
        if (endpoint.orders.length === 6) fill();
        return ANSWERS.good(...order);
      };
      worker = start({ SALON_DATA_DIR: mount, DISK_FREE_MIN_MB: least });
      await worker.said("waits: the disk is full");
      expect(await held(runId)).toEqual([{ attempts: 1 }]);
      expect(endpoint.orders).toHaveLength(6);
      expect((await run(runId)).state).toBe("GENERATING");
      rmSync(path.join(mount, "filler"));
      await expect.poll(async () => (await run(runId)).state, within).toBe("PUBLISHED");
      expect(await database.db.sample.count({ where: { runId } })).toBe(16);
      expect(await database.db.sampleFailure.count({ where: { runId } })).toBe(0);
      // What could not be kept was ordered once more.
      expect(endpoint.orders).toHaveLength(16 + 1);
    },
  );
});
