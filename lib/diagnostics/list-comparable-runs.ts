import { db, type Tx } from "@/lib/db/client";
import { visibleTo } from "@/lib/models/visibility";

/** Examined runs that a run can be set against, newest first: of listed models and of one's own, on any board. */
export async function listComparableRuns(
  ask: { runId: string; voterId: string | null },
  tx: Tx = db(),
): Promise<{ runId: string; model: string; n: number; promptSet: string; superseded: boolean }[]> {
  return tx.$queryRaw`
    select r.id as "runId", m.name as model, t.name as "promptSet",
      (select count(*)::int from samples s where s.run_id = r.id) as n, r.superseded_at is not null as superseded
    from runs r join run_examinations e on e.run_id = r.id join models m on m.id = r.model_id
      join prompt_sets t on t.id = r.prompt_set_id
    where r.state = 'PUBLISHED' and r.id <> ${ask.runId}
      and ${visibleTo(ask.voterId)}
    order by r.created_at desc, r.id desc
    limit 50`;
}
