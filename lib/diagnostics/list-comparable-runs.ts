import { db, type Tx } from "@/lib/db/client";
import { visibleTo } from "@/lib/models/visibility";

/** Examined runs that a run can be set against, newest first: of listed models and of one's own, on any board. */
export async function listComparableRuns(
  ask: { runId: string; voterId: string | null },
  tx: Tx = db(),
): Promise<{ runId: string; model: string; n: number; promptSet: string; superseded: boolean }[]> {
  return tx.$queryRaw`
    select r.id as "runId", m.name as model, t.name as "promptSet",
      (select count(*)::int from "Sample" s where s."runId" = r.id) as n, r."supersededAt" is not null as superseded
    from "Run" r join "RunExamination" e on e."runId" = r.id join "Model" m on m.id = r."modelId"
      join "PromptSet" t on t.id = r."promptSetId"
    where r.state = 'PUBLISHED' and r.id <> ${ask.runId}
      and ${visibleTo(ask.voterId)}
    order by r."createdAt" desc, r.id desc
    limit 50`;
}
