import { expect, test } from "vitest";
import { caveatText } from "@/components/caveat-text";
import { storedCaveat } from "@/lib/schemas/metrics/caveat";
import { ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("snake_case", "snapshot_analyses", "codes_for_sentences");

test("upgrading keeps the sentences that scores were stored with, and they are shown as they are", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  const sentence = 'N = 10 <= d = 256: biased "upward"; compare only at equal N.';
  await sql`update "MetricResult" set caveat = ${sentence}`;
  await sql`
    insert into "MetricResult" (id, "runId", metric, "protocolHash", protocol, value, n)
    values ('met_2', 'run_2', 'grader-alignment', 'g', '{}', 0.5, 10)`;
  await older.upgrade();
  const rows = await sql<{ caveat: unknown }[]>`select caveat from metric_results order by id`;
  expect(rows).toEqual([{ caveat: sentence }, { caveat: null }]);
  expect(caveatText(storedCaveat.parse(rows[0].caveat))).toBe(sentence);
});
