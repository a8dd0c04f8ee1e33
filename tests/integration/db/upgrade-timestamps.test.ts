import { expect, test } from "vitest";
import { createDb } from "@/lib/db/client";
import { MADE, ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("timestamps_with_zone");
const made = new Date(`${MADE.replace(" ", "T")}Z`);

test("upgrading keeps every row and every moment, whatever zone the database's sessions are in", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  const before = await older.countRows();
  await older.upgrade();
  expect(await older.countRows()).toEqual(before);
  const columns = await sql<{ table: string; column: string; type: string }[]>`
    select table_name as table, column_name as column, data_type as type from information_schema.columns
    where table_schema = 'public' and data_type like 'timestamp%'`;
  expect(columns.filter(({ type }) => type !== "timestamp with time zone")).toEqual([]);
  const moments = new Set<number>();
  for (const { table, column } of columns.filter(({ table }) => table !== "_prisma_migrations")) {
    const rows = await sql<{ at: Date }[]>`
      select ${sql(column)} as at from ${sql(table)} where ${sql(column)} is not null`;
    for (const { at } of rows) moments.add(at.getTime());
  }
  expect([...moments]).toEqual([made.getTime()]);
});

test("times are read and written as the moments they are, whatever zone the database's sessions are in", async () => {
  await older.upgradeToNewest();
  const db = createDb(older.url, { max: 2 });
  try {
    expect((await db.vote.findUniqueOrThrow({ where: { id: "vot_1" } })).createdAt).toEqual(made);
    const [raw] = await db.$queryRaw<{ at: Date; isThen: boolean }[]>`
      select created_at as at, created_at = ${made} as "isThen" from votes`;
    expect(raw).toEqual({ at: made, isThen: true });
    const provenAt = new Date("2026-07-01T23:59:59.999Z");
    await db.voter.create({ data: { id: "vtr_3", provenAt } });
    const [voter] =
      await older.sql`select proven_at as "provenAt", now() - created_at < interval '1 minute' as "isNew"
      from voters where id = 'vtr_3'`;
    expect(voter).toEqual({ provenAt, isNew: true });
  } finally {
    await db.$disconnect();
  }
});
