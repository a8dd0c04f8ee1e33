import { expect, test } from "vitest";
import { ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("snake_case");

/** Every row of every table, as text, by table. */
async function readAll(): Promise<Record<string, string[]>> {
  const { sql } = older;
  const all: Record<string, string[]> = {};
  for (const table of Object.keys(await older.countRows())) {
    const rows = await sql<{ row: string }[]>`select t::text as row from ${sql(table)} t order by 1`;
    all[table] = rows.map(({ row }) => row);
  }
  return all;
}

test("upgrading renames tables and keeps every row of theirs, value by value", async () => {
  await older.sql.unsafe(ORDINARY_ROWS);
  const before = await readAll();
  await older.upgrade();
  const after = await readAll();
  expect(Object.values(after).sort()).toEqual(Object.values(before).sort());
  expect(after.votes).toEqual(before.Vote);
  expect(after.pair_counts).toEqual(before.PairCount);
});

test("no table, column, type, key, CHECK or index has a name that SQL needs quotes for", async () => {
  await older.upgradeToNewest();
  // NOT NULL, which newer servers name after the table as it was made, is no name that anyone writes.
  const names = await older.sql<{ name: string }[]>`
    select relname::text as name from pg_class where relnamespace = 'public'::regnamespace
    union select attname::text from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not a.attisdropped
    union select typname::text from pg_type where typnamespace = 'public'::regnamespace
    union select conname::text from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'`;
  expect(names.map(({ name }) => name).filter((name) => !/^[a-z_][a-z0-9_]*$/.test(name))).toEqual([]);
});
