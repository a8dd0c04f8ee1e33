import { afterEach, beforeAll, expect, test } from "vitest";
import { GET as getHealth } from "@/app/api/health/route";
import { freePort } from "../support/postgres-server";
import { runSalon } from "../support/run-salon";
import { useDataFolder } from "../support/evaluation-world";
import { useTestDatabase } from "../support/test-database";

const database = useTestDatabase();
const folder = useDataFolder();
const NEWER = "20991231000000_from_the_future";
let environment: Record<string, string>;

beforeAll(async () => {
  (globalThis as { salonDb?: unknown }).salonDb = database.db;
  environment = {
    DATABASE_URL: database.url,
    SALON_DATA_DIR: folder.path,
    PORT: String(await freePort()),
    GENERATION_PORT: String(await freePort()),
  };
});

/** Every command must end with 1 and a sentence that holds a text. */
async function expectRefusals(commands: string[], text: string) {
  const all = await Promise.all(
    commands.map(async (command) => ({ command, ...(await runSalon(command.split(" "), environment)) })),
  );
  for (const ended of all) expect(ended).toMatchObject({ code: 1, output: expect.stringContaining(text) });
}

const health = async () => {
  const response = await getHealth();
  return { code: response.status, ...((await response.json()) as { status: string }) };
};

interface Row {
  migration_name: string;
  checksum: string;
}
const lastMigration = async () =>
  (
    await database.db.$queryRaw<Row[]>`
      select migration_name, checksum from _prisma_migrations order by migration_name desc limit 1`
  )[0];

afterEach(() => database.db.$executeRaw`delete from _prisma_migrations where migration_name = ${NEWER}`);

test("no process opens a database that a newer Salon migrated, and each names the migration", async () => {
  expect(await health()).toEqual({ code: 200, status: "ok" });
  await database.db.$executeRaw`
    insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
    values ('future', 'x', ${NEWER}, now(), 1)`;
  await expectRefusals(["web", "worker", "seed", "start", "doctor", "prompts list text-to-image"], NEWER);
  expect(await health()).toEqual({ code: 503, status: "database_version" });
});

test("no process opens a database whose migrations were applied with another text", async () => {
  const { migration_name: name, checksum } = await lastMigration();
  const put = (sum: string) =>
    database.db.$executeRaw`update _prisma_migrations set checksum = ${sum} where migration_name = ${name}`;
  await put("0".repeat(64));
  await expectRefusals(["worker", "seed"], name);
  expect((await health()).code).toBe(503);
  await put(checksum);
  expect((await health()).code).toBe(200);
});

test("a site and a worker refuse a database that is behind and say how to migrate it; doctor leaves that to start", async () => {
  const row = await lastMigration();
  await database.db.$executeRaw`delete from _prisma_migrations where migration_name = ${row.migration_name}`;
  await expectRefusals(["web", "worker"], `(${row.migration_name}). Run \`npx salon seed\``);
  expect(await health()).toEqual({ code: 503, status: "database_version" });
  const doctor = await runSalon(["doctor"], environment);
  expect(doctor).toMatchObject({ code: 0, output: expect.stringContaining("Nothing stands in the way") });
});
