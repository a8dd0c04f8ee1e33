import { setImmediate } from "node:timers/promises";
import { readBetweenVotes } from "@/lib/boards/vote-lock";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { readBoardModels } from "@/lib/boards/board-models";
import { PUBLIC_JUDGE } from "@/lib/judges/judge-scope";
import { findNewestFit, isNews, judgeControl } from "@/lib/snapshots/find-snapshot";
import { GROWTH, isRecent } from "@/lib/snapshots/recent-fit";
import { JUDGED_VOTES, readJudgedVotes } from "@/lib/rankings/judged-votes";
import { countVotesSince, readLogCut, type LogCut } from "@/lib/snapshots/log-position";
import { storeSnapshot } from "@/lib/snapshots/store-snapshot";
import { buildJudgeSnapshot, type JudgeOutcome } from "@/lib/ratings/judge-snapshot";

/** Verdicts younger than this may still be on their way with an earlier time: longer than any transaction. */
const SETTLED_MS = 60_000;

/**
 * Fit a board and each of its categories from people's votes and each judge's verdicts on its pairs, into immutable
 * snapshots of control "judge:ID". Where too few votes have a verdict there is none. Safe to run twice and to kill.
 * @throws SalonError "not_found"; the signal's reason when the worker stops
 */
export async function refitJudged(
  boardId: string,
  db: Db,
  signal?: AbortSignal,
  now = new Date(),
): Promise<{ snapshotIds: string[] }> {
  const before = new Date(now.getTime() - SETTLED_MS);
  const inputs = await inTransaction((tx) => readInputs(boardId, before, tx), db);
  const snapshotIds: string[] = [];
  for (const judge of inputs.judges) {
    signal?.throwIfAborted();
    if (await isEnough(inputs, judge, db)) continue;
    const { models, cut } = inputs;
    const votes = await readJudgedVotes(
      { boardId, models, limit: JUDGED_VOTES, before, ...cut, ...judge },
      db,
    );
    const fits: Fit[] = [];
    for (const [category, { labelled, judgeOnly }] of votes) {
      const fit = buildJudgeSnapshot(labelled, judgeOnly, models);
      if (fit.fitted) fits.push({ category, ...fit });
      await setImmediate();
    }
    // Fits are made outside of transactions: however long they take, they hold nothing.
    snapshotIds.push(...(await inTransaction((tx) => store({ boardId, before, judge, cut }, fits, tx), db)));
  }
  return { snapshotIds };
}

type Fit = Extract<JudgeOutcome, { fitted: true }> & { category: string };
type JudgeOfBoard = { judgeId: string; rubric: string; verdicts: number };
type Inputs = Awaited<ReturnType<typeof readInputs>>;

async function readInputs(boardId: string, before: Date, tx: Tx) {
  const { models } = await readBoardModels(boardId, tx);
  const cut = await readBetweenVotes(boardId, () => readLogCut(boardId, tx), tx);
  // One protocol a judge: the rubric it was given last.
  const tasks = await tx.judgeTask.findMany({
    where: { boardId, judge: PUBLIC_JUDGE },
    orderBy: { createdAt: "desc" },
    distinct: ["judgeId"],
    select: { judgeId: true, rubric: true },
  });
  const judges: JudgeOfBoard[] = [];
  for (const task of tasks) {
    const verdicts = await tx.judgePairVerdict.count({ where: { ...task, createdAt: { lt: before } } });
    judges.push({ ...task, verdicts });
  }
  return { boardId, models, cut, judges };
}

/** Whether the newest fit with this judge has seen nearly all there is. */
async function isEnough({ boardId, models, cut }: Inputs, judge: JudgeOfBoard, tx: Tx): Promise<boolean> {
  const newest = await findNewestFit({ boardId, category: "", control: judgeControl(judge.judgeId) }, tx);
  if (newest === null) return false;
  const { details, votes } = newest;
  if (details.judge?.rubric !== judge.rubric) return false;
  const newVotes = await countVotesSince(boardId, details.lastEvent, tx);
  const verdicts = Math.abs(judge.verdicts - details.judge.verdicts);
  return (
    isRecent({ ...details, votes }, { ...cut, models, newVotes }) &&
    verdicts <= GROWTH * details.judge.verdicts
  );
}

/** One at a time, and never over a fit that has seen more. */
async function store(
  seen: { boardId: string; before: Date; judge: JudgeOfBoard; cut: LogCut },
  fits: Fit[],
  tx: Tx,
): Promise<string[]> {
  const { boardId, before, judge, cut } = seen;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${"salon-refit-judged:" + boardId}, 0))`;
  const snapshotIds: string[] = [];
  for (const { category, snapshot, worth } of fits) {
    const control = judgeControl(judge.judgeId);
    if (!isNews({ snapshot, cut }, await findNewestFit({ boardId, category, control }, tx))) continue;
    const details = { ...judge, before: before.toISOString(), limit: JUDGED_VOTES, ...worth };
    snapshotIds.push(await storeSnapshot({ boardId, category, control, snapshot, cut, judge: details }, tx));
  }
  return snapshotIds;
}
