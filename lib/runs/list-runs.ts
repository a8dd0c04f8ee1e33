import { db, type Tx } from "@/lib/db/client";
import { visibleTo } from "@/lib/models/visibility";
import type { RunSource, RunState } from "@/lib/schemas/runs";
import type { RunSummary } from "@/lib/schemas/views";

type Row = {
  runId: string;
  slug: string;
  name: string;
  state: RunState;
  source: RunSource;
  label: string | null;
  total: number;
  done: number;
  createdAt: Date;
  finishedAt: Date | null;
  superseded: boolean;
};

/** Runs of listed models and of one's own, newest first; `done` counts samples made or given up. */
export async function listRuns(
  ask: { limit: number; voterId?: string | null },
  tx: Tx = db(),
): Promise<RunSummary[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select r.id as "runId", m.slug, m.name, r.state::text as state, r.source::text as source, r.label,
      r.prompt_count * r.samples_per_prompt as total,
      (select count(*)::int from samples s where s.run_id = r.id)
        + (select count(*)::int from sample_failures f where f.run_id = r.id) as done,
      r.created_at as "createdAt", r.finished_at as "finishedAt",
      r.superseded_at is not null as superseded
    from runs r join models m on m.id = r.model_id
    where ${visibleTo(ask.voterId)}
    order by r.created_at desc, r.id desc
    limit ${ask.limit}`;
  return rows.map(({ slug, name, createdAt, finishedAt, ...row }) => ({
    ...row,
    model: { slug, name },
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }));
}
