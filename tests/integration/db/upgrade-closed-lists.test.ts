import { expect, test } from "vitest";
import { ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("snake_case", "closed_lists");

test("upgrading keeps every code, reason and kind of a closed list, and mends a word that no Salon wrote", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  await sql.unsafe(`
    insert into "SampleFailure" (id, "runId", "promptId", index, code, message, attempts) values ('fail_2', 'run_1', 'prm_1', 1, 'odd', '', 1);
    insert into "JudgeSampleVerdict" (id, "sampleId", "judgeId", rubric, "noVerdict", "promptHash", reply, attempts, "latencyMs")
      values ('jsv_3', 'smp_1', 'jdg_1', 'vqascore@1', 'odd', '', '', 1, 1);
    insert into "JudgeCanaryVerdict" (id, "judgeId", rubric, kind, variant, "sampleId", "spoiledFirst", "promptHash", reply, attempts,
      "latencyMs") values ('jcv_3', 'jdg_1', 'pairwise@1', 'odd', '', 'smp_1', true, '', '', 1, 1);
    insert into "ReferenceSet" (id, slug, name, "extractorId", kind, dimension) values ('ref_2', '', '', 'toybox', 'odd', 2)`);
  await older.upgrade();
  expect(
    (
      await sql<{ row: string }[]>`
      select id || ' ' || code as row from sample_failures
      union all select id || ' ' || coalesce(no_verdict::text, '-') from judge_sample_verdicts
      union all select id || ' ' || coalesce(no_verdict::text, '-') from judge_pair_verdicts
      union all select id || ' ' || kind || ' ' || coalesce(no_verdict::text, '-') from judge_canary_verdicts
      union all select id || ' ' || kind from reference_sets order by 1`
    ).map(({ row }) => row),
  ).toEqual([
    "fail_1 refused",
    "fail_2 invalid",
    "jcv_1 defect -",
    "jcv_2 instruction invalid",
    "jpv_1 -",
    "jpv_2 timeout",
    "jsv_1 -",
    "jsv_2 refused",
    "jsv_3 invalid",
    "ref_1 upload",
    "ref_2 statistics",
  ]);
});

test("a word that is in no closed list is refused, and so is a score beside the reason why there is none", async () => {
  const { sql } = older;
  for (const statement of [
    "update sample_failures set code = 'odd'",
    "update judge_pair_verdicts set no_verdict = 'odd'",
    "update judge_canary_verdicts set kind = 'odd'",
    "update reference_sets set kind = 'odd'",
  ]) {
    await expect(sql.unsafe(statement), statement).rejects.toThrow("invalid input value for enum");
  }
  for (const table of ["judge_sample_verdicts", "judge_pair_verdicts", "judge_canary_verdicts"]) {
    await expect(sql`update ${sql(table)} set no_verdict = 'refused'`, table).rejects.toThrow(
      `${table}_ranges`,
    );
  }
  const [{ kind }] = await sql`
    insert into reference_sets (id, slug, name, encoder_id, dimension) values ('ref_3', '', '', 'toybox', 2) returning kind`;
  expect(kind).toBe("statistics");
});
