import { expect, test } from "vitest";
import { useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("revisions_quotas_and_run_links");

test("upgrading keeps how often each board was edited, so that a page that is open meanwhile overwrites nothing", async () => {
  const { sql } = older;
  await sql.unsafe(`
    insert into prompt_sets (id, slug, name) values ('pst_1', 'set', 'Set');
    insert into boards (id, slug, name, description, modality, prompt_set_id, version) values
      ('brd_1', 'never-edited', '', '', 'TEXT_TO_IMAGE', 'pst_1', 1),
      ('brd_2', 'edited', '', '', 'TEXT_TO_IMAGE', 'pst_1', 7)`);
  await older.upgrade();
  expect(await sql`select kind, subject_id, revision, changed_at from edits`).toEqual([
    { kind: "board", subject_id: "brd_2", revision: 7, changed_at: null },
  ]);
});
