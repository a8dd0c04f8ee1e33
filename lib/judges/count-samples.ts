import type { Tx } from "@/lib/db/client";
import { lookedAt } from "@/lib/prompts/shown-states";

/** How far a task of a judge is. */
export interface TaskCounts {
  total: number;
  /** Settled, with a verdict or without. */
  done: number;
  verdicts: number;
  /** Settled in the last minute. */
  lastMinute: number;
}

/** How far a task about a run's samples is. */
export async function countSamples(
  task: { runId: string | null; judgeId: string; rubric: string; questionSetVersion: number },
  promptsPerRun: number | null,
  tx: Tx,
): Promise<TaskCounts> {
  const [row] = await tx.$queryRaw<[TaskCounts]>`
    select count(*)::int as total, count(v.id)::int as done,
      count(v.id) filter (where v.no_verdict is null)::int as verdicts,
      count(v.id) filter (where v.created_at > now() - interval '1 minute')::int as "lastMinute"
    from samples s
    join prompts p on p.id = s.prompt_id
    left join judge_sample_verdicts v on v.sample_id = s.id and v.judge_id = ${task.judgeId}
      and v.rubric = ${task.rubric} and v.question_set_version = ${task.questionSetVersion}
    where s.run_id = ${task.runId} and (${lookedAt()} or v.id is not null) and p.index < ${promptsPerRun ?? 2 ** 31 - 1}
      and (${task.questionSetVersion} = 0 or exists (
        select from checklists c join question_sets q on q.id = c.question_set_id
        where q.prompt_set_id = p.prompt_set_id and q.version = ${task.questionSetVersion}
          and c.prompt_id = p.id and c.problem is null))`;
  return row;
}
