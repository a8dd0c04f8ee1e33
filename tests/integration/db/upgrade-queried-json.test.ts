import { expect, test } from "vitest";
import { ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("snake_case", "closed_lists", "columns_of_queried_json");

test("upgrading gives rows that are there the columns that SQL asks for instead of JSON, and they follow their JSON", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  await sql.unsafe(`
    update "MetricResult" set protocol = '{"encoder": "toybox-grader@1"}';
    update "RunExamination" set forensics = '{"badge": "look"}';
    update "Artifact" set clip = '{"codec": "h264", "frames": 16, "rate": 23.976, "seconds": 0.667}' where sha256 = 'a2'`);
  await older.upgrade();
  expect(await sql`select encoder from metric_results`).toEqual([{ encoder: "toybox-grader@1" }]);
  expect(await sql`select badge from run_examinations`).toEqual([{ badge: "look" }]);
  expect(
    await sql`select video_codec as codec, video_rate as rate, video_seconds as seconds from artifacts order by sha256`,
  ).toEqual([
    { codec: null, rate: null, seconds: null },
    { codec: "h264", rate: 23.976, seconds: 0.667 },
  ]);
  await sql`update run_examinations set forensics = '{"badge": "bad"}'`;
  expect(await sql`select badge from run_examinations`).toEqual([{ badge: "bad" }]);
});
