import { expect, test } from "vitest";
import { ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("snake_case");

test("upgrading keeps whose features an examination and a pair of runs are of, and names the bundled images so", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  await sql`
    insert into "ReferenceSet" (id, slug, name, "extractorId", kind, dimension)
    values ('ref_2', 'bundled', 'Toybox renders (1,000 pictures)', 'toybox', 'bundled', 2)`;

  await older.upgradeToNewest();

  expect([...(await sql`select encoder_id from encoder_examinations`)]).toEqual([{ encoder_id: "toybox" }]);
  expect([...(await sql`select encoder_id from run_pairs`)]).toEqual([{ encoder_id: "toybox" }]);
  expect([...(await sql`select name from reference_sets order by id`)]).toEqual([
    { name: "Set" },
    { name: "Toybox renders (1,000 images)" },
  ]);
});
