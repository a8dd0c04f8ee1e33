import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { TaskCounts } from "@/lib/judges/count-samples";
import { judges } from "@/lib/judges/judge-scope";
import { lookedAt } from "@/lib/prompts/shown-states";

/**
 * A board's pairs in both orders: those that people's counted votes are about (live battles are a visitor's own prompts and stay
 * here), and those drawn for judges; of models whose images the judge looks at.
 */
export const shownPairs = ({ boardId, judgeId }: { boardId: string | null; judgeId: string }) => Prisma.sql`
  with candidates as (
    select least(b.left_sample_id, b.right_sample_id) as x, greatest(b.left_sample_id, b.right_sample_id) as y
    from votes v join battles b on b.id = v.battle_id
    where v.board_id = ${boardId} and v.status = 'COUNTED' and b.kind = 'STORED'
      and b.left_sample_id is not null and b.right_sample_id is not null
    union select first_sample_id, second_sample_id from judge_pairs where board_id = ${boardId}
  ), pairs as (
    select x, y from candidates join judges j on j.id = ${judgeId}
    join samples sl on sl.id = x join models l on l.id = sl.model_id
    join samples sr on sr.id = y join models r on r.id = sr.model_id
    where ${judges("l")} and ${judges("r")} and ${lookedAt("sl")} and ${lookedAt("sr")}
  ), shown as (
    select x as a, y as b, hashtextextended(x || y, 0) as pair from pairs
    union all select y, x, hashtextextended(x || y, 0) from pairs
  )`;

/** How many showings (pairs times two) a task is about, and how many of them have been settled. */
export async function countPairs(
  task: { boardId: string | null; judgeId: string; rubric: string },
  tx: Tx,
): Promise<TaskCounts> {
  const [row] = await tx.$queryRaw<[TaskCounts]>`
    ${shownPairs(task)}
    select count(*)::int as total, count(v.id)::int as done,
      count(v.id) filter (where v.no_verdict is null)::int as verdicts,
      count(v.id) filter (where v.created_at > now() - interval '1 minute')::int as "lastMinute"
    from shown
    left join judge_pair_verdicts v on v.judge_id = ${task.judgeId} and v.rubric = ${task.rubric}
      and v.a_sample_id = shown.a and v.b_sample_id = shown.b`;
  return row;
}
