import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"; // prettier-ignore
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { artifactFolder } from "@/lib/artifacts/store";
import { createDb, type Db } from "@/lib/db/client";
import { applyMigrations } from "@/lib/db/migrate";
import { readMigrationFiles } from "@/lib/db/migration-files";
import { newId } from "@/lib/db/new-id";
import { checkArchive } from "@/lib/installation/backup/check-archive";
import { writeBackup } from "@/lib/installation/backup/write-backup";
import { seededRandom } from "@/lib/numerics/random";
import { secretOfFolder } from "@/lib/secrets/secret";
import { battleFor, concurrently, vote, type Arena } from "../support/arena-fixture";
import { fillDatabase } from "../support/full-database";
import { freePort } from "../support/postgres-server";
import { runSalon } from "../support/run-salon";
import { placeMembers, withoutMembers } from "../support/tar-members";
import { maintain, useTestDatabase } from "../support/test-database";

const source = useTestDatabase();
const home = mkdtempSync(path.join(tmpdir(), "salon-backup-"));
const archive = path.join(home, "salon.tar");
let arena: Arena;

beforeAll(async () => {
  arena = await fillDatabase(source.db);
  await backup(archive);
}, 300_000);
afterAll(() => rmSync(home, { recursive: true, force: true }));

const backup = (file: string, options: { artifacts?: boolean } = {}) =>
  writeBackup({ file, artifacts: true, secret: false, force: false, ...options }, source.url);

/** An empty database and data folder, and `salon` on them. */
let targets = 0;
async function makeTarget(more: Record<string, string> = {}) {
  const name = `restored_${process.pid}_${(targets += 1)}`;
  await maintain(`create database ${name}`);
  const url = inject("postgresUrl").replace(/\/postgres$/, `/${name}`);
  const folder = path.join(home, name);
  const environment = {
    DATABASE_URL: url,
    SALON_DATA_DIR: folder,
    SALON_SECRET: process.env.SALON_SECRET!,
    ...more,
  };
  return {
    name,
    url,
    folder,
    environment,
    salon: (...args: string[]) => runSalon(args, environment),
    async read<T>(work: (db: Db) => Promise<T>): Promise<T> {
      const db = createDb(url, { max: 2 });
      try {
        return await work(db);
      } finally {
        await db.$disconnect();
      }
    },
    drop: () => maintain(`drop database ${name}`),
  };
}

/** Rows and a hash of each table that a backup holds, of the queue's jobs, and the sequences. */
async function contentsOf(db: Db) {
  const tables = await db.$queryRaw<{ name: string }[]>`
    select relname as name from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r' and relpersistence = 'p'
      and relname not in ('_prisma_migrations', 'installation') order by 1`;
  const contents = new Map<string, unknown>();
  for (const { name } of tables) {
    const [row] = await db.$queryRawUnsafe<object[]>(
      `select count(*)::int as rows, md5(string_agg(t::text, '|' order by t::text)) as hash from ${name} t`,
    );
    contents.set(name, row);
  }
  const jobs = await db.$queryRaw<object[]>`
    select t.identifier, j.payload, q.queue_name, j.run_at, j.max_attempts, j.key, j.priority
    from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
      left join graphile_worker._private_job_queues q on q.id = j.job_queue_id order by j.key, t.identifier`;
  const sequences = await db.$queryRaw<object[]>`
    select sequencename, last_value::text from pg_sequences where schemaname = 'public'`;
  return { tables: Object.fromEntries(contents), jobs, sequences };
}

/** Nothing was changed: no table, no folder. */
async function expectUntouched(target: Awaited<ReturnType<typeof makeTarget>>) {
  const [{ tables }] = await target.read(
    (db) => db.$queryRaw<{ tables: bigint }[]>`
      select count(*) as tables from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  expect(tables).toBe(0n);
  expect(existsSync(target.folder)).toBe(false);
}

test("a backup restored elsewhere is the same to the last row, job and byte, and says what it verified", async () => {
  const { db } = source;
  const controls = await db.ratingSnapshot.groupBy({ by: ["control"], _count: true });
  expect(controls.map(({ control }) => control.split(":")[0]).sort()).toEqual(["", "judge", "style"]);
  const snapshots = (await db.ratingSnapshot.count()) + (await db.criterionSnapshot.count());
  expect(await db.criterionSnapshot.count()).toBeGreaterThan(0);

  const target = await makeTarget();
  const { code, output } = await target.salon("restore", archive);
  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toContain(`Replayed 132 votes of 1 boards and recomputed ${snapshots} snapshots.`);
  expect(output).toContain("All 360 artifacts are there and unchanged.");
  expect(await db.auditEvent.count()).toBeGreaterThan(0);
  expect(await target.salon("audit", "verify")).toMatchObject({ code: 0 });
  const was = await contentsOf(db);
  expect(was.jobs.length).toBeGreaterThan(1);
  expect(await target.read(contentsOf)).toEqual(was);
  // What is there is not overwritten.
  const again = await target.salon("restore", archive);
  expect(again).toMatchObject({ code: 1, output: expect.stringContaining("is not empty") });
  const wrong = await target.salon("restore", archive, "--force", "another");
  expect(wrong).toMatchObject({ code: 1, output: expect.stringContaining(`The database is ${target.name}`) });
  expect(await target.read(contentsOf)).toEqual(was);
  await target.read((there) => there.$executeRaw`delete from vote_answers`);
  expect(await target.salon("restore", archive, "--force", target.name)).toMatchObject({ code: 0 });
  expect(await target.read(contentsOf)).toEqual(was);
  await target.drop();
}, 300_000);

test("a file that is there is replaced only with --force, and a backup can be read by its owner alone", async () => {
  const environment = { DATABASE_URL: source.url, SALON_DATA_DIR: path.dirname(artifactFolder()) };
  const file = path.join(home, "again.tar");
  writeFileSync(file, "precious");
  const refused = await runSalon(["backup", file], environment);
  expect(refused).toMatchObject({ code: 1, output: expect.stringContaining("--force") });
  expect(readFileSync(file, "utf8")).toBe("precious");
  const done = await runSalon(["backup", file, "--force"], environment);
  expect(done).toMatchObject({ code: 0, output: expect.stringContaining("The secret is not in it") });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(readdirSync(home)).not.toContain("again.tar.part");
  const verified = await runSalon(["backup", "verify", file], {});
  expect(verified).toMatchObject({ code: 0, output: expect.stringContaining("is whole") });
}, 300_000);

test("a disk that fills up during a backup leaves the file of before and no half of a new one", () => {
  const file = path.join(home, "full.tar");
  writeFileSync(file, "precious");
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `ulimit -f 300; exec "${process.execPath}" bin/salon.mjs backup "${file}" --force`],
    {
      env: {
        PATH: process.env.PATH,
        NODE_ENV: "test",
        DATABASE_URL: source.url,
        SALON_DATA_DIR: path.dirname(artifactFolder()),
      },
      encoding: "utf8",
    },
  );
  expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining("too large") });
  expect(readFileSync(file, "utf8")).toBe("precious");
  expect(existsSync(`${file}.part`)).toBe(false);
});

describe("a damaged archive is named and nothing is changed", () => {
  const damaged = path.join(home, "damaged.tar");
  const problemOf = (bytes: Buffer) => {
    writeFileSync(damaged, bytes);
    return checkArchive(damaged).then(
      () => null,
      (error: Error) => error.message,
    );
  };

  test("any one byte that is changed, in any member or header", async () => {
    const whole = readFileSync(archive);
    const members = placeMembers(whole);
    const random = seededRandom(11);
    const kinds = new Map(
      members.map((member) => [member.name.replace(/[0-9a-f]{64}|\d+\.copy/, "*"), member]),
    );
    const some = [
      ...kinds.values(),
      ...Array.from({ length: 60 }, () => members[random.below(members.length)]),
    ];
    for (const { name, header, start, end } of some) {
      for (const at of [header + random.below(100), start + random.below(end - start)]) {
        const bytes = Buffer.from(whole);
        bytes[at] ^= 1 << random.below(8);
        const problem = await problemOf(bytes);
        expect(problem, `${name} at ${at}`).toContain("is not a whole backup");
        if (at >= start) expect(problem).toContain(name);
      }
    }
  });

  test("one that is cut short, anywhere", async () => {
    const whole = readFileSync(archive);
    const members = placeMembers(whole);
    const ends = [0, 1, 512, ...members.map(({ end }) => end), ...members.map(({ header }) => header + 700)];
    const random = seededRandom(12);
    const some = Array.from({ length: 80 }, () => ends[random.below(ends.length)]);
    for (const end of some.filter((at) => at < members[members.length - 1].end)) {
      expect(await problemOf(whole.subarray(0, end)), `${end}`).toContain("is not a whole backup");
    }
  });

  test("one that lacks a member, or has the wrong bytes for an artifact", async () => {
    const whole = readFileSync(archive);
    for (const member of ["tables/votes/", "jobs.copy.gz", "manifest.json", "manifest.sha256"]) {
      const problem = await problemOf(withoutMembers(whole, (name) => name.startsWith(member)));
      expect(problem).toMatch(new RegExp(`${member}.*missing`));
    }
    const artifact = placeMembers(whole).find(({ name }) => /^artifacts\/..\/./.test(name))!;
    expect(await problemOf(withoutMembers(whole, (name) => name === artifact.name))).toContain(
      `${artifact.name} is missing`,
    );
    const part = artifact.name.slice(0, "artifacts/00".length);
    expect(await problemOf(withoutMembers(whole, (name) => name.startsWith(part)))).toContain(
      `${part}.sha256 is missing`,
    );
    const changed = Buffer.from(whole);
    changed.write("other", artifact.start);
    expect(await problemOf(changed)).toContain(`${artifact.name} has other bytes`);
    const target = await makeTarget();
    const refused = await target.salon("restore", damaged);
    expect(refused).toMatchObject({
      code: 1,
      output: expect.stringContaining(`${artifact.name} has other bytes`),
    });
    await expectUntouched(target);
    await target.drop();
  });
});

test("a restore that is killed, among artifacts or among rows, leaves the tables empty and can be run again", async () => {
  const target = await makeTarget();
  const killed = (prefix: string, members: number) =>
    spawnSync(
      process.execPath,
      ["--import", "tsx", "tests/support/killed-restore.ts", archive, prefix, String(members)],
      { env: { PATH: process.env.PATH, NODE_ENV: "test", ...target.environment }, encoding: "utf8" },
    );
  for (const [prefix, members] of [
    ["artifacts/", 100],
    ["tables/votes/", 0],
  ] as const) {
    const { signal, stderr } = killed(prefix, members);
    expect(signal, stderr).toBe("SIGKILL");
    const votes = await target.read(
      (db) =>
        db.$queryRaw<
          { n: bigint }[]
        >`select (select count(*) from voters) + (select count(*) from boards) as n`,
    );
    expect(votes).toEqual([{ n: 0n }]);
  }
  expect(await target.salon("restore", archive)).toMatchObject({ code: 0 });
  expect(await target.read(contentsOf)).toEqual(await contentsOf(source.db));
  await target.drop();
}, 300_000);

test("a backup among a burst of votes is of one moment: its votes, counts, Elo and snapshots agree", async () => {
  const file = path.join(home, "burst.tar");
  const before = await source.db.vote.count();
  let written: Promise<unknown> | undefined;
  await concurrently(Array.from({ length: 200 }), async (_, i) => {
    if (i === 60) written = backup(file);
    await vote(source.db, await battleFor(source.db, arena), "left");
  });
  await written;
  const { tables } = await checkArchive(file);
  const votes = tables.find(({ name }) => name === "votes")!.rows;
  expect(votes).toBeGreaterThan(before);
  expect(votes).toBeLessThan(before + 200);
  const target = await makeTarget();
  const { code, output } = await target.salon("restore", file);
  expect({ code, output }).toMatchObject({
    code: 0,
    output: expect.stringContaining(`Replayed ${votes} votes`),
  });
  expect(await target.salon("votes", "replay", arena.board)).toMatchObject({ code: 0 });
  // What a log does not make is told.
  await target.read(
    (db) => db.$executeRaw`update elo_ratings set rating = rating + 1 where model_id = ${arena.models[0].id}`,
  );
  const differing = await target.salon("votes", "replay", arena.board);
  expect(differing).toMatchObject({
    code: 1,
    output: expect.stringContaining(`Elo of ${arena.models[0].slug}: stored`),
  });
  await target.drop();
}, 300_000);

test("without artifacts the folder is brought by other means, and what is missing or damaged in it is named", async () => {
  const file = path.join(home, "rows.tar");
  await backup(file, { artifacts: false });
  expect(statSync(file).size).toBeLessThan(statSync(archive).size);
  const target = await makeTarget();
  const [lost, hurt] = await source.db.artifact.findMany({ take: 2, orderBy: { sha256: "asc" } });
  const fileOf = ({ sha256 }: { sha256: string }) =>
    path.join(target.folder, "artifacts", sha256.slice(0, 2), sha256);
  cpSync(artifactFolder(), path.join(target.folder, "artifacts"), { recursive: true });
  rmSync(fileOf(lost));
  writeFileSync(fileOf(hurt), "other bytes");
  const { code, output } = await target.salon("restore", file);
  expect(code, output).toBe(1);
  expect(output).toContain(`${lost.sha256} is missing`);
  expect(output).toContain(`${hurt.sha256} has other bytes`);
  expect(output).toContain("Replayed");
  // A backup of such an installation is made, and says what it lacks.
  const poor = path.join(home, "poor.tar");
  const made = await target.salon("backup", poor);
  expect(made).toMatchObject({ code: 1, output: expect.stringContaining(`${lost.sha256} is missing`) });
  expect((await checkArchive(poor)).artifacts).toMatchObject({
    missing: [lost.sha256],
    damaged: [hurt.sha256],
  });
  await target.drop();
}, 300_000);

test("an archive of a newer Salon is refused by name; one of an older Salon is migrated forward", async () => {
  const newer = await makeTarget();
  await applyMigrations(newer.url);
  await newer.read(
    (db) => db.$executeRaw`
      insert into _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
      values ('future', 'x', '20991231000000_from_the_future', now(), 1)`,
  );
  const ahead = path.join(home, "newer.tar");
  await writeBackup({ file: ahead, artifacts: true, secret: false, force: false }, newer.url);
  const empty = await makeTarget();
  const refused = await empty.salon("restore", ahead);
  expect(refused).toMatchObject({
    code: 1,
    output: expect.stringContaining("20991231000000_from_the_future"),
  });
  await expectUntouched(empty);

  const older = await makeTarget();
  const [first] = await readMigrationFiles();
  await applyMigrations(older.url, new Set([first.name]));
  await older.read((db) => db.$executeRaw`insert into "Voter" (id) values (${newId("voter")})`);
  const old = path.join(home, "older.tar");
  expect(await older.salon("backup", old)).toMatchObject({ code: 0 });
  const { code, output } = await empty.salon("restore", old);
  expect({ code, output }).toMatchObject({
    code: 0,
    output: expect.stringContaining("Migrated the database"),
  });
  expect(await empty.read((db) => db.voter.count())).toBe(1);
  await Promise.all([newer, older, empty].map((target) => target.drop()));
}, 300_000);

test("the secret travels only when told to, for its owner's eyes, and the embedded database is started for as long", async () => {
  const origin = await makeTarget({ SALON_SECRET: "" });
  await applyMigrations(origin.url);
  await origin.read((db) => db.voter.create({ data: { id: newId("voter") } }));
  const secret = await secretOfFolder(origin.folder);
  const file = path.join(home, "secret.tar");
  expect(await origin.salon("backup", file, "--with-secret")).toMatchObject({
    code: 0,
    output: expect.stringContaining("the secret"),
  });
  expect(placeMembers(readFileSync(archive)).map(({ name }) => name)).not.toContain("secret");

  chmodSync(home, 0o755); // root hands the database's folder to user postgres, who must be able to enter
  const folder = path.join(home, "embedded");
  const environment = { SALON_DATA_DIR: folder, EMBEDDED_POSTGRES_PORT: String(await freePort()) };
  const { code, output } = await runSalon(["restore", file], environment);
  expect(code, output).toBe(0);
  expect(await secretOfFolder(folder)).toEqual(secret);
  expect(statSync(path.join(folder, "secret")).mode & 0o777).toBe(0o600);
  const again = path.join(home, "embedded.tar");
  expect(await runSalon(["backup", again, "--with-secret"], environment)).toMatchObject({ code: 0 });
  const rowsOf = async (backedUp: string) =>
    (await checkArchive(backedUp)).tables.filter(({ name }) => name !== "installation");
  expect(await rowsOf(again)).toEqual(await rowsOf(file));
  await origin.drop();
}, 300_000);
