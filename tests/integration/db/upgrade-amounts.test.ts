import { expect, test } from "vitest";
import { createDb } from "@/lib/db/client";
import { ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("exact_amounts");

test("upgrading keeps every amount to the billionth of a dollar, and one that is no amount becomes unknown", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  await sql.unsafe(`
    insert into "Model" (id, slug, name, creator, modality, "pricePerImageUsd") values
      ('mdl_3', 'three', 'Three', '', 'TEXT_TO_IMAGE', 'NaN'), ('mdl_4', 'four', 'Four', '', 'TEXT_TO_IMAGE', 'Infinity'),
      ('mdl_5', 'five', 'Five', '', 'TEXT_TO_IMAGE', 0.000000123);
    insert into "Judge" (id, slug, name, creator, "baseUrl", "providerModel", "spentUsd")
      values ('jdg_2', 'second', 'Second', '', 'http://judge', 'judge', 'Infinity')`);
  const before = await older.countRows();
  await older.upgrade();
  expect(await older.countRows()).toEqual(before);
  expect(await sql`select "pricePerImageUsd"::text as price from "Model" order by id`).toEqual(
    [null, "0.040000000", null, null, "0.000000123"].map((price) => ({ price })),
  );
  expect(
    await sql`select "budgetUsd"::text as budget, "spentUsd"::text as spent, "usdPerMillionInputTokens"::text as price
      from "Judge" order by id`,
  ).toEqual([
    { budget: "5.000000000", spent: "0.300000000", price: "0.150000000" },
    { budget: null, spent: "100000000000000.000000000", price: null },
  ]);
  expect(await sql`select "costUsd"::text as cost from "JudgePairVerdict" order by id`).toEqual([
    { cost: "0.100000000" },
    { cost: null },
  ]);
});

test("what a judge has spent is the exact sum of its calls' costs, and a negative one is refused", async () => {
  await older.upgradeToNewest();
  const db = createDb(older.url, { max: 1 });
  try {
    const where = { id: "jdg_1" };
    for (let call = 0; call < 10; call++) {
      await db.judge.update({ where, data: { spentUsd: { increment: 0.1 } } });
    }
    expect((await db.judge.findUniqueOrThrow({ where })).spentUsd.toNumber()).toBe(1.3);
    await expect(db.judge.update({ where, data: { spentUsd: -0.1 } })).rejects.toThrow("judges_ranges");
  } finally {
    await db.$disconnect();
  }
});
