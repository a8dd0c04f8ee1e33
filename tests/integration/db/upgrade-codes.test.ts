import { expect, test } from "vitest";
import { caveatText } from "@/components/caveat-text";
import { pauseText } from "@/components/judges/pause-text";
import { referenceFailureText } from "@/components/references/failure-text";
import { createDb } from "@/lib/db/client";
import { listJudges } from "@/lib/judges/list-judges";
import { listReferences } from "@/lib/references/list-references";
import { readRunFailures } from "@/lib/runs/read-run-failures";
import { storedBattleFailure } from "@/lib/schemas/reasons/battle-failure";
import { runFailureText } from "@/lib/schemas/reasons/failure-text";
import { storedCaveat } from "@/lib/schemas/metrics/caveat";
import { ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("snake_case", "snapshot_analyses", "codes_for_sentences");

test("upgrading keeps the sentences that scores, runs, judges, sets and battles were stored with, and they are shown as they are", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  const sentence = 'N = 10 <= d = 256: biased "upward"; compare only at equal N.';
  await sql`update "MetricResult" set caveat = ${sentence}`;
  await sql`
    insert into "MetricResult" (id, "runId", metric, "protocolHash", protocol, value, n)
    values ('met_2', 'run_2', 'grader-alignment', 'g', '{}', 0.5, 10)`;
  await sql`update "Run" set state = 'FAILED', "failureReason" = ${sentence}`;
  await sql`update "Judge" set "stateReason" = ${sentence}`;
  await sql`update "ReferenceSet" set state = 'FAILED', "failureReason" = ${sentence}`;
  await sql`update "Battle" set "failureReason" = ${sentence}`;
  await older.upgrade();
  const rows = await sql<{ caveat: unknown }[]>`select caveat from metric_results order by id`;
  expect(rows).toEqual([{ caveat: sentence }, { caveat: null }]);
  expect(caveatText(storedCaveat.parse(rows[0].caveat))).toBe(sentence);

  await older.upgradeToNewest();
  const db = createDb(older.url, { max: 1 });
  try {
    const { failedFor } = await readRunFailures("run_1", db);
    expect(runFailureText(failedFor!)).toBe(sentence);
    const { judges } = await listJudges("operator", db);
    expect(judges.map(({ pausedFor }) => pauseText(pausedFor!))).toEqual([sentence]);
    const { references } = await listReferences({ voterId: null }, db);
    expect(references.map((set) => referenceFailureText(set.failedFor!))).toEqual([sentence]);
    const { failureReason } = await db.battle.findFirstOrThrow();
    expect(storedBattleFailure.parse(failureReason)).toBe(sentence);
  } finally {
    await db.$disconnect();
  }
});
