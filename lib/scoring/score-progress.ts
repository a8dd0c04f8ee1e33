import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { answeredPrompts, promptSubset } from "@/lib/scoring/common-prompts";
import { lockRun } from "@/lib/runs/lock-run";
import { isFinal } from "@/lib/runs/run-lifecycle";
import { dueProgress } from "@/lib/runs/progress-marks";
import { keepScores, scoreRun } from "@/lib/scoring/score-run";

/**
 * Score a run that is still going on over the prompts that it has answered first: so many as its last mark says, so that runs that
 * are as far stand beside each other over the same prompts. Its earlier such scores go, and these go too when it is published.
 * Twice is once; a run that has moved on meanwhile keeps nothing of it.
 */
export async function scoreProgress(runId: string, db: Db, signal: AbortSignal): Promise<void> {
  const run = await db.run.findUnique({ where: { id: runId } });
  if (!run || isFinal(run.state) || run.state === "SCORING") return;
  const mark = dueProgress(await countAnswered(runId, db), run.promptCount, run.scoredPrompts);
  if (mark === null) return;
  const ids = await firstAnswered(runId, mark, db);
  if (ids.length < 2) return;
  const scores = await scoreRun(runId, db, signal, promptSubset(ids));
  await inTransaction(async (tx) => {
    const now = await lockRun(runId, tx);
    if (isFinal(now.state)) return;
    await tx.metricResult.deleteMany({ where: { runId, soFar: true } });
    await keepScores(runId, scores, tx, { soFar: true });
    await tx.run.update({ where: { id: runId }, data: { scoredPrompts: mark } });
  }, db);
}

/** How many prompts from the first on a run has settled: with every sample that it was asked for, or a failure in its place. */
export async function countAnswered(runId: string, tx: Tx): Promise<number> {
  const [{ answered }] = await tx.$queryRaw<[{ answered: number }]>`
    select coalesce(min(p.index), max(r.prompt_count))::int as answered
    from runs r left join prompts p on p.prompt_set_id = r.prompt_set_id and p.index < r.prompt_count
      and r.samples_per_prompt > (
        select count(*) from (
          select s.index from samples s where s.run_id = r.id and s.prompt_id = p.id
          union select f.index from sample_failures f where f.run_id = r.id and f.prompt_id = p.id
        ) settled)
    where r.id = ${runId}`;
  return answered;
}

async function firstAnswered(runId: string, mark: number, db: Db): Promise<string[]> {
  const [{ prompts }] = await answeredPrompts([runId], db);
  const first = await db.prompt.findMany({
    where: { id: { in: prompts }, index: { lt: mark } },
    select: { id: true },
  });
  return first.map(({ id }) => id);
}
