import { expect, test } from "vitest";
import { createDb } from "@/lib/db/client";
import { ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("keys_of_the_vote_log");

test("upgrading keeps every vote: a model it names that is gone becomes a removed one, other loose ends are tied", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  await sql.unsafe(`
    insert into "Battle" (id, "boardId", "voterId", "promptId", "leftModelId", "rightModelId", "pairPolicy")
      values ('btl_2', 'brd_1', 'vtr_1', 'prm_1', 'mdl_gone', 'mdl_1', 'uniform');
    insert into "Vote" (id, "battleId", "boardId", "voterId", "leftModelId", "rightModelId", outcome)
      values ('vot_2', 'btl_2', 'brd_gone', 'vtr_1', 'mdl_gone', 'mdl_1', 'TIE');
    insert into "RatingEvent" ("voteId", "boardId", "leftModelId", "rightModelId") values ('vot_2', 'brd_1', 'mdl_gone', 'mdl_1');
    insert into "PairCount" ("boardId", category, "modelA", "modelB") values ('brd_1', '', 'mdl_1', 'mdl_lost');
    insert into "Grade" ("artifactHash", "promptId", "graderId", result, "allCorrect") values ('a1', 'prm_gone', 'grader', '{}', true);
    insert into "EncoderExamination" ("runId", "featuresId", "distanceLabel", "inputsHash", "referenceId", metrics, pictures, influences)
      values ('run_2', 'toybox', 'FD', '', 'ref_gone', '{}', '{}', '{}')`);
  const before = await older.countRows();
  await older.upgrade();
  // Two rows stand for the models that are gone; what was read in a picture of a prompt that is gone is of no use.
  expect(await older.countRows()).toEqual({ ...before, Model: before.Model + 2, Grade: before.Grade - 1 });
  expect(await sql`select "boardId", "leftModelId" from "Vote" where id = 'vot_2'`).toEqual([
    { boardId: "brd_1", leftModelId: "mdl_gone" },
  ]);
  expect(await sql`select "referenceId" from "EncoderExamination" order by "runId"`).toEqual([
    { referenceId: "ref_1" },
    { referenceId: null },
  ]);
  await older.upgradeToNewest();
  const db = createDb(older.url, { max: 1 });
  try {
    const gone = await db.model.findMany({ where: { removedAt: { not: null } }, orderBy: { id: "asc" } });
    expect(gone.map(({ id, name, listed, modality }) => ({ id, name, listed, modality }))).toEqual(
      ["mdl_gone", "mdl_lost"].map((id) => ({
        id,
        name: "Removed model",
        listed: false,
        modality: "TEXT_TO_IMAGE",
      })),
    );
  } finally {
    await db.$disconnect();
  }
});

test("no model, board or voter can be deleted while the vote log names it, and no vote can name one that is not there", async () => {
  const { sql } = older;
  expect(await sql`select conname from pg_constraint where not convalidated`).toEqual([]);
  for (const statement of [
    `delete from models where id = 'mdl_gone'`,
    "delete from boards",
    `delete from voters where id = 'vtr_1'`,
    `update votes set left_model_id = 'mdl_nobody'`,
    `update votes set board_id = 'brd_nobody'`,
    `update rating_events set right_model_id = 'mdl_nobody'`,
    `update pair_counts set model_a = 'mdl_0'`,
  ]) {
    await expect(sql.unsafe(statement), statement).rejects.toThrow("foreign key constraint");
  }
});
