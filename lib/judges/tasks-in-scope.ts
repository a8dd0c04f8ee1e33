import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { judges } from "@/lib/judges/judge-scope";

/**
 * SQL: whether the task in row t is work for the judge in row j now: of a run, if the judge looks at its model's images; of a
 * board, if it is a public judge or one that the board has chosen. What is out of scope rests, and goes on when it is in scope again.
 */
export const IN_SCOPE = Prisma.sql`(case when t.run_id is null then j.owner_id is null or j.admitted_at is not null
    or exists (select from board_judges c where c.judge_id = j.id and c.board_id = t.board_id)
      and not exists (
        select from board_models x join models m on m.id = x.model_id
        where x.board_id = t.board_id and x.state = 'MEMBER' and m.listed and m.submitter_id is distinct from j.owner_id)
  else exists (select from runs r join models m on m.id = r.model_id where r.id = t.run_id and ${judges("m")}) end)`;

/** Those of the tasks that are work for their judge now. */
export async function tasksInScope(taskIds: readonly string[], tx: Tx): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    select t.id from judge_tasks t join judges j on j.id = t.judge_id where t.id = any (${taskIds}) and ${IN_SCOPE}`;
  return new Set(rows.map(({ id }) => id));
}
