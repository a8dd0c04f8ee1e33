import { db, type Tx } from "@/lib/db/client";
import { visibleTo } from "@/lib/models/visibility";
import type { RunState } from "@/lib/schemas/runs";
import type { RunSummary } from "@/lib/schemas/views";

type Row = {
  runId: string;
  slug: string;
  name: string;
  state: RunState;
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
    select r.id as "runId", m.slug, m.name, r.state::text as state, r."promptCount" * r."samplesPerPrompt" as total,
      (select count(*)::int from "Sample" s where s."runId" = r.id)
        + (select count(*)::int from "SampleFailure" f where f."runId" = r.id) as done,
      r."createdAt", r."finishedAt",
      r."supersededAt" is not null as superseded
    from "Run" r join "Model" m on m.id = r."modelId"
    where ${visibleTo(ask.voterId)}
    order by r."createdAt" desc, r.id desc
    limit ${ask.limit}`;
  return rows.map(({ slug, name, createdAt, finishedAt, ...row }) => ({
    ...row,
    model: { slug, name },
    createdAt: createdAt.toISOString(),
    finishedAt: finishedAt?.toISOString() ?? null,
  }));
}
