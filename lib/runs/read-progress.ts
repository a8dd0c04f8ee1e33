import type { Tx } from "@/lib/db/client";
import type { Run } from "@/lib/db/generated/client";
import type { RunView } from "@/lib/schemas/runs";

type Progress = Pick<
  RunView,
  "generated" | "failed" | "embedded" | "samplesPerMinute" | "etaSeconds" | "medianLatencyMs"
>;

type Row = {
  generated: number;
  failed: number;
  embedded: number;
  lastMinute: number;
  /** Seconds of that minute in which the run was generating. */
  seconds: number;
  medianLatencyMs: number | null;
};

/** Counts and pace of a run. The pace is that of the last minute, while it generates. */
export async function readProgress(run: Run, total: number, tx: Tx): Promise<Progress> {
  const [row] = await tx.$queryRaw<[Row]>`
    select count(*)::int as generated,
      (select count(*)::int from sample_failures f where f.run_id = ${run.id}) as failed,
      count(*) filter (where exists (
        select from embeddings e where e.artifact_hash = s.artifact_hash))::int as embedded,
      count(*) filter (where s.created_at > now() - interval '1 minute')::int as "lastMinute",
      least(60, extract(epoch from now() - ${run.startedAt}::timestamptz))::float8 as seconds,
      percentile_cont(0.5) within group (order by s.latency_ms) as "medianLatencyMs"
    from samples s where s.run_id = ${run.id}`;
  const generating = run.state === "GENERATING" && row.lastMinute > 0 && row.seconds >= 1;
  const perSecond = generating ? row.lastMinute / row.seconds : null;
  const left = Math.max(0, total - row.generated - row.failed);
  return {
    generated: row.generated,
    failed: row.failed,
    embedded: row.embedded,
    samplesPerMinute: perSecond === null ? null : perSecond * 60,
    etaSeconds: perSecond === null ? null : Math.round(left / perSecond),
    medianLatencyMs: row.medianLatencyMs,
  };
}
