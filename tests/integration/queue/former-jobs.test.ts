import { expect, test } from "vitest";
import { installQueue } from "@/lib/queue/install";
import { useTestDatabase } from "../../support/test-database";

const database = useTestDatabase();

test("a job that waits under the name it had in an earlier Salon is dropped at the start, and others stay", async () => {
  for (const name of ["paint-demos", "draw-demos"])
    await database.db.$executeRaw`select graphile_worker.add_job(${name}, '{}', job_key := ${name})`;
  await installQueue(database.url);
  const jobs = await database.db.$queryRaw<{ key: string }[]>`select key from graphile_worker.jobs`;
  expect(jobs).toEqual([{ key: "draw-demos" }]);
});
