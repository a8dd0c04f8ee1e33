import { expect, test } from "vitest";
import { ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("ranges");

test("upgrading keeps ordinary rows as they are, and mends values that no Salon could have meant", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  const ordinary = await readAll();
  await sql.unsafe(`
    insert into "Model" (id, slug, name, creator, modality, "pricePerImageUsd", listed, "removedAt")
      values ('mdl_0', 'zero', 'Zero', '', 'TEXT_TO_IMAGE', -1, true, now());
    insert into "Battle" (id, "boardId", "voterId", "promptId", "leftModelId", "rightModelId", "pairPolicy", propensity)
      values ('btl_2', 'brd_1', 'vtr_1', 'prm_1', 'mdl_1', 'mdl_2', 'uniform', 1.5),
        ('btl_3', 'brd_1', 'vtr_1', 'prm_1', 'mdl_1', 'mdl_2', 'uniform', 'NaN');
    insert into "Vote" (id, "battleId", "boardId", "voterId", "leftModelId", "rightModelId", outcome, "decisionMs")
      values ('vot_2', 'btl_2', 'brd_1', 'vtr_1', 'mdl_1', 'mdl_2', 'TIE', -5);
    insert into "PairCount" ("boardId", category, "modelA", "modelB", "winsA", "winsB", ties) values
      ('brd_1', 'colour', 'mdl_2', 'mdl_1', 2, 3, 4), ('brd_1', 'count', 'mdl_2', 'mdl_1', 2, 3, 4),
      ('brd_1', 'count', 'mdl_1', 'mdl_1', 1, 0, 0);
    insert into "CriterionCount" ("boardId", category, "modelA", "modelB", answers, votes)
      values ('brd_1', 'colour', 'mdl_2', 'mdl_1', 'aesthetics=b overall=a', 2);
    insert into "RunPair" ("firstRunId", "secondRunId", "featuresId", "inputsHash", first, second)
      values ('run_2', 'run_1', 'toybox', '', '{}', '{}');
    insert into "JudgeSampleVerdict" (id, "sampleId", "judgeId", rubric, "noVerdict", score, "promptHash", reply, attempts, "latencyMs",
        "inputTokens", "costUsd") values
      ('jsv_3', 'smp_1', 'jdg_1', 'vqascore@1', null, 'NaN', '', '', 1, 1, -1, -0.5),
      ('jsv_4', 'smp_2', 'jdg_1', 'vqascore@1', 'timeout', 0.5, '', '', 1, 1, null, null);
    update "Judge" set "budgetUsd" = -1, concurrency = 0`);
  const before = await older.countRows();
  await older.upgrade();
  // Counts that stood twice are one, of a model and itself there are none, and a pair of runs is compared again.
  expect(await older.countRows()).toEqual({
    ...before,
    PairCount: before.PairCount - 2,
    RunPair: before.RunPair - 1,
  });
  const after = await readAll();
  for (const [table, rows] of Object.entries(ordinary)) {
    if (table !== "PairCount" && table !== "Judge")
      expect(after[table]).toEqual(expect.arrayContaining(rows));
  }
  expect(await sql`select propensity from "Battle" order by id`).toEqual(
    [1, 1, null].map((propensity) => ({ propensity })),
  );
  expect(await sql`select "decisionMs" from "Vote" order by id`).toEqual([
    { decisionMs: 900 },
    { decisionMs: null },
  ]);
  expect(
    await sql`select category, "modelA", "winsA", "winsB", ties from "PairCount" order by category`,
  ).toEqual([
    { category: "colour", modelA: "mdl_1", winsA: 3, winsB: 3, ties: 4 },
    { category: "count", modelA: "mdl_1", winsA: 3, winsB: 2, ties: 4 },
  ]);
  expect(
    await sql`select answers, votes from "CriterionCount" where "modelA" = 'mdl_1' order by answers`,
  ).toEqual([
    { answers: "aesthetics=a overall=b", votes: 2 },
    { answers: "overall=b", votes: 1 },
  ]);
  expect(
    await sql`select score, "inputTokens", "costUsd" from "JudgeSampleVerdict" where id in ('jsv_3', 'jsv_4') order by id`,
  ).toEqual([
    { score: null, inputTokens: null, costUsd: null },
    { score: null, inputTokens: null, costUsd: null },
  ]);
  expect(await sql`select "budgetUsd", concurrency from "Judge"`).toEqual([
    { budgetUsd: null, concurrency: 1 },
  ]);
  expect(await sql`select listed, "pricePerImageUsd" from "Model" where id = 'mdl_0'`).toEqual([
    { listed: false, pricePerImageUsd: null },
  ]);
});

test("values that the schema's comments rule out are refused", async () => {
  const { sql } = older;
  expect(await sql`select conname from pg_constraint where not convalidated`).toEqual([]);
  for (const statement of [
    `update "Battle" set propensity = 1.01`,
    `update "Vote" set "decisionMs" = -1`,
    `update "PairCount" set "modelA" = 'mdl_2', "modelB" = 'mdl_1'`,
    `update "CriterionCount" set "modelA" = 'mdl_2', "modelB" = 'mdl_1'`,
    `update "RunPair" set "firstRunId" = 'run_2', "secondRunId" = 'run_1'`,
    `update "JudgeSampleVerdict" set score = 'NaN' where id = 'jsv_1'`,
    `update "JudgeSampleVerdict" set "noVerdict" = 'refused' where id = 'jsv_1'`,
    `update "JudgePairVerdict" set preference = -0.1`,
    `update "JudgeCanaryVerdict" set "costUsd" = -0.1`,
    `update "Judge" set "budgetUsd" = -1`,
    `update "Model" set listed = true where id = 'mdl_0'`,
    `insert into "Installation" (id, "artifactFolderId") values (2, '')`,
  ]) {
    await expect(sql.unsafe(statement), statement).rejects.toThrow("violates check constraint");
  }
});

async function readAll(): Promise<Record<string, unknown[]>> {
  const all: Record<string, unknown[]> = {};
  for (const table of Object.keys(await older.countRows())) {
    all[table] = [...(await older.sql`select * from ${older.sql(table)}`)];
  }
  return all;
}
