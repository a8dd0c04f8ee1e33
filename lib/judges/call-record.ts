import type { Tx } from "@/lib/db/client";
import type { Figure } from "@/lib/rubrics/report/agreement";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";
import { normalQuantile } from "@/lib/numerics/normal";

/** How a judge's calls went, all rubrics and canaries together. */
export interface CallRecord {
  failures: Figure | null;
  refusals: Figure | null;
  /** Mean of the calls whose cost is known. */
  costUsd: Figure | null;
  medianLatencyMs: number | null;
}

type Row = {
  calls: number;
  failed: number;
  refused: number;
  priced: number;
  cost: number | null;
  spread: number | null;
  latency: number | null;
};

export async function readCallRecord(judgeId: string, tx: Tx): Promise<CallRecord> {
  const [row] = await tx.$queryRaw<[Row]>`
    select count(*)::int as calls, count(no_verdict)::int as failed,
      count(*) filter (where no_verdict = 'refused')::int as refused,
      count(cost_usd)::int as priced, avg(cost_usd)::float8 as cost, stddev_samp(cost_usd)::float8 as spread,
      percentile_cont(0.5) within group (order by latency_ms) as latency
    from (
      select call_id, no_verdict from judge_sample_verdicts where judge_id = ${judgeId}
      union all select call_id, no_verdict from judge_pair_verdicts where judge_id = ${judgeId}
      union all select call_id, no_verdict from judge_canary_verdicts where judge_id = ${judgeId}
    ) said join judge_calls c on c.id = said.call_id`;
  const share = (hits: number): Figure | null =>
    row.calls === 0 ? null : { ...wilsonInterval(hits, row.calls), n: row.calls };
  const reach = row.spread === null ? 0 : (normalQuantile(0.975) * row.spread) / Math.sqrt(row.priced);
  return {
    failures: share(row.failed),
    refusals: share(row.refused),
    costUsd:
      row.cost === null
        ? null
        : { value: row.cost, low: Math.max(0, row.cost - reach), high: row.cost + reach, n: row.priced },
    medianLatencyMs: row.latency,
  };
}
