import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import type { Judge, JudgeTask } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import type { Subject } from "@/lib/rubrics/question-text";
import { findRubric } from "@/lib/rubrics/registry";
import type { Sees, Shown } from "@/lib/rubrics/rubric";
import { NoFfmpegError } from "@/lib/media/run-ffmpeg";
import { isTemporary } from "@/lib/rubrics/verdicts";
import { askJudge, unreadableSample, type JudgeAnswer } from "@/lib/judges/ask-judge";
import { enqueueLane } from "@/lib/queue/requests/request-judging";
import { mayAsk } from "@/lib/judges/can-ask-judge";
import { CAPPED_DELAY_MS } from "@/lib/judges/submitter-cap";
import { tasksInScope } from "@/lib/judges/tasks-in-scope";
import { requestJudgedRefit } from "@/lib/queue/requests/request-judged-refit";
import { isSpentToday, noteSpending } from "@/lib/judges/note-spending";
import { openJudge } from "@/lib/judges/open-judge";
import { pauseJudge } from "@/lib/judges/pause-judge";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { enqueue } from "@/lib/queue/enqueue";
import { SealedKeyError, unreadable } from "@/lib/secrets/open-key";

export interface JudgingContext {
  db: Db;
  client: GuardedClient;
  /** Aborted when the worker stops. */
  signal: AbortSignal;
  /** Whether the queue will try this job again if it fails now. */
  retriesLeft: boolean;
}

export type OpenTask = JudgeTask & { judge: Judge };

/** Something of a task that has no verdict yet. */
export interface Item {
  subject: Subject;
  /** The samples it is about: with one that has been removed meanwhile, there is nothing to write down. */
  sampleIds: string[];
  /** What is shown, in this order: each sample without metadata, as the rubric sees it. */
  show: (sees: Sees) => Promise<Shown[]>;
  /** Write the answer down; one that is there already stays. */
  keep: (answer: JudgeAnswer, tx: Tx) => Promise<void>;
}

/** The next items of a lane. */
export interface Next {
  items: Item[];
  /** Whether there may be more to do at once. */
  hasMore: boolean;
  /** Whether something may wait for another day (submitter-cap.ts). */
  capped: boolean;
}

/** What a kind of task knows about itself. */
export interface TaskKind {
  /** The next unjudged items of a lane, at most `limit`. */
  next: (task: OpenTask, lane: number, limit: number, db: Tx) => Promise<Next>;
  /** How many items of the whole task have no verdict yet. */
  left: (task: OpenTask, tx: Tx) => Promise<number>;
}

/** Items of one job, at most. */
const CHUNK = 8;
/** A job that has taken so long leaves its slot to who waits for one, before its next question. */
const TURN_MS = 5_000;
/** Longest time a lane is put off because a judge asked for it. */
const LONGEST_DELAY_MS = 10 * 60_000;
/** So many calls in a row without an answer stop a judge: something is wrong that asking on will not mend. */
const HOPELESS_AFTER = 10;

/**
 * Ask a judge about the next items of one lane of a task, then queue the lane again, or end the task when nothing is left. Doing
 * it twice, or twice at once, changes nothing: verdicts are unique, and each is written with what it cost in one transaction.
 * A judge that is paused, or whose budget is spent, is not asked; nor one that was removed meanwhile, whose lanes end in peace.
 * @throws SalonError endpoint_failed (retryable) when the judge is down and patience is due
 */
export async function judgeChunk(
  job: { taskId: string; lane: number },
  kind: TaskKind,
  { db, client, signal, retriesLeft }: JudgingContext,
): Promise<void> {
  const task = await db.judgeTask.findUnique({ where: { id: job.taskId }, include: { judge: true } });
  if (task === null || task.finishedAt !== null || job.lane >= task.judge.concurrency) return;
  const rubric = findRubric(task.rubric);
  if (rubric === undefined) return;
  if (!(await mayAsk(task.judgeId, db))) return;
  if (!(await tasksInScope([task.id], db)).has(task.id)) return;
  const wait = (task.waitingUntil?.getTime() ?? 0) - Date.now();
  // Another lane was told to wait: so is this one.
  if (wait > 0) return enqueueLane(task, task.judge, job.lane, wait, db);
  const judge = await openJudge(task.judge).catch(unreadable);
  if (judge instanceof SealedKeyError)
    return pauseJudge(task.judgeId, { code: "key_unreadable", said: judge.message }, db);
  const next = await kind.next(task, job.lane, CHUNK, db);
  const turnEnds = performance.now() + TURN_MS;
  for (const [at, { subject, sampleIds, show, keep }] of next.items.entries()) {
    if (at > 0 && !(await mayAsk(task.judgeId, db))) return;
    if (at > 0 && performance.now() > turnEnds) return enqueueLane(task, task.judge, job.lane, 0, db);
    if (await isSpentToday(task.judge, db)) return putOff(task, job.lane, CAPPED_DELAY_MS, db);
    const shown = await show(rubric.sees).catch((error: unknown) =>
      rubric.sees === "video" && error instanceof NoFfmpegError ? error : unreadableSample(error),
    );
    // Whoever is shown whole videos waits for the program that makes them: no sample is at fault.
    if (shown instanceof NoFfmpegError) return pauseJudge(task.judgeId, { code: "no_ffmpeg" }, db);
    const answer = Array.isArray(shown)
      ? await askJudge(judge, rubric, { subject, shown }, client, signal)
      : shown;
    const { verdict, costUsd } = answer;
    if (verdict.kind === "none" && isTemporary(verdict.reason)) {
      await inTransaction((tx) => noteSpending(task.judge, costUsd, tx), db);
      if (verdict.reason === "rate_limited" && answer.retryAfterMs !== null) {
        // It said when to come back: until then the worker does something else.
        return putOff(task, job.lane, Math.min(answer.retryAfterMs, LONGEST_DELAY_MS), db);
      }
      if (retriesLeft) throw new SalonError("endpoint_failed", verdict.message, { retryable: true });
      answer.costUsd = 0; // counted above
    }
    await inTransaction(async (tx) => {
      // The samples first, as whoever removes a model takes them; a removal waits for what is held here.
      const known = await tx.$queryRaw<unknown[]>`
        select 1 from samples where id = any (${sampleIds}) order by id for key share`;
      const judges = await tx.$queryRaw<unknown[]>`
        select 1 from judges where id = ${task.judgeId} for key share`;
      if (judges.length === 0) return;
      if (known.length === sampleIds.length) await keep(answer, tx);
      await noteSpending(task.judge, answer.costUsd, tx);
    }, db);
    if (verdict.kind === "none" && (await isHopeless(task.judgeId, db))) {
      const why = { code: "no_answers", calls: HOPELESS_AFTER, said: verdict.message } as const;
      return pauseJudge(task.judgeId, why, db);
    }
  }
  await inTransaction((tx) => goOn(task, job.lane, next, kind, tx), db);
}

async function putOff(task: OpenTask, lane: number, delayMs: number, db: Db): Promise<void> {
  await inTransaction(async (tx) => {
    const { count } = await tx.judgeTask.updateMany({
      where: { id: task.id },
      data: { waitingUntil: new Date(Date.now() + delayMs) },
    });
    if (count > 0) await enqueueLane(task, task.judge, lane, delayMs, tx);
  }, db);
}

async function goOn(
  task: OpenTask,
  lane: number,
  { hasMore, capped }: Next,
  kind: TaskKind,
  tx: Tx,
): Promise<void> {
  if (hasMore) return enqueueLane(task, task.judge, lane, 0, tx);
  // Lanes that end together count one after the other, so that the last one sees that it is.
  const rows = await tx.$queryRaw<unknown[]>`select id from judge_tasks where id = ${task.id} for update`;
  if (rows.length === 0) return;
  const isDone = (await kind.left(task, tx)) === 0;
  if (!isDone && !capped) return;
  if (task.boardId !== null) {
    const { judgeId } = task;
    await requestJudgedRefit(task.boardId, tx);
    await enqueue("grade-judge", { judgeId }, { key: `grade-judge:${judgeId}` }, tx);
  }
  if (!isDone) return enqueueLane(task, task.judge, lane, CAPPED_DELAY_MS, tx);
  await tx.judgeTask.update({
    where: { id: task.id },
    data: { finishedAt: new Date(), waitingUntil: null },
  });
}

/** Whether the newest verdicts of a judge are all failures of its endpoint. */
async function isHopeless(judgeId: string, db: Db): Promise<boolean> {
  const [{ failures }] = await db.$queryRaw<[{ failures: number }]>`
    select count(*) filter (where no_verdict in ('invalid', 'rate_limited', 'timeout', 'transient'))::int as failures
    from (
      select no_verdict from (
        (select no_verdict, created_at from judge_sample_verdicts where judge_id = ${judgeId}
          order by created_at desc limit ${HOPELESS_AFTER})
        union all
        (select no_verdict, created_at from judge_pair_verdicts where judge_id = ${judgeId}
          order by created_at desc limit ${HOPELESS_AFTER})
      ) both_kinds order by created_at desc limit ${HOPELESS_AFTER}
    ) newest`;
  return failures >= HOPELESS_AFTER;
}
