import { expect, test } from "vitest";
import { createDb } from "@/lib/db/client";
import { ORDINARY_ROWS, useDatabaseBefore } from "../../support/older-database";

const older = useDatabaseBefore("snake_case", "closed_lists", "columns_of_queried_json", "judge_calls");

test("upgrading gives every verdict a call of its own that says what the verdict said of it", async () => {
  const { sql } = older;
  await sql.unsafe(ORDINARY_ROWS);
  await sql.unsafe(`
    update "JudgeSampleVerdict" set "promptHash" = 'p' || id, reply = 'r' || id, "inputTokens" = 7, "outputTokens" = 3, attempts = 2,
      "latencyMs" = 40`);
  await older.upgrade();
  expect(
    await sql`
      select v.id, v.score, v.no_verdict as "noVerdict", c.judge_id as "judgeId", c.prompt_hash as "promptHash", c.reply, c.attempts,
        c.latency_ms as "latencyMs", c.input_tokens as "inputTokens", c.output_tokens as "outputTokens", c.cost_usd::float8 as cost
      from judge_sample_verdicts v join judge_calls c on c.id = v.call_id order by v.id`,
  ).toEqual(
    [
      { id: "jsv_1", score: 0.5, noVerdict: null, cost: 0.1 },
      { id: "jsv_2", score: null, noVerdict: "refused", cost: null },
    ].map((verdict) => ({
      ...verdict,
      judgeId: "jdg_1",
      promptHash: `p${verdict.id}`,
      reply: `r${verdict.id}`,
      attempts: 2,
      latencyMs: 40,
      inputTokens: 7,
      outputTokens: 3,
    })),
  );
  for (const table of ["judge_pair_verdicts", "judge_canary_verdicts"]) {
    expect(
      await sql`select c.cost_usd::float8 as cost from ${sql(table)} v join judge_calls c on c.id = v.call_id order by v.id`,
    ).toEqual([{ cost: 0.1 }, { cost: null }]);
  }
  expect(await sql`select count(*)::int as calls from judge_calls`).toEqual([{ calls: 6 }]);
});

test("a deleted call takes its verdict with it, and values out of range are refused in calls and verdicts", async () => {
  await older.upgradeToNewest();
  const { sql } = older;
  for (const [table, change] of [
    ["judge_calls", "cost_usd = -0.1"],
    ["judge_calls", "latency_ms = -1"],
    ["judge_sample_verdicts", "score = 1.5"],
    ["judge_sample_verdicts", "no_verdict = 'refused'"],
    ["judge_pair_verdicts", "no_verdict = 'refused'"],
    ["judge_canary_verdicts", "no_verdict = 'refused'"],
  ]) {
    await expect(sql.unsafe(`update ${table} set ${change}`), `${table} ${change}`).rejects.toThrow(
      `${table}_ranges`,
    );
  }
  const db = createDb(older.url, { max: 1 });
  try {
    await db.judgeCall.deleteMany({ where: { sampleVerdict: { sampleId: "smp_1" } } });
    expect(await db.judgeSampleVerdict.findMany({ select: { id: true } })).toEqual([{ id: "jsv_2" }]);
    expect(await db.judgeCall.count()).toBe(5);
  } finally {
    await db.$disconnect();
  }
});
