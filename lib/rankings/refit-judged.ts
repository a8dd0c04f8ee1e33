import { setImmediate } from "node:timers/promises";
import { readBetweenVotes } from "@/lib/boards/vote-lock";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { onBoard } from "@/lib/boards/board-models";
import { PUBLIC_JUDGE } from "@/lib/judges/judge-scope";
import { judgeControl } from "@/lib/snapshots/find-snapshot";
import { JUDGED_VOTES, readJudgedVotes } from "@/lib/rankings/judged-votes";
import { readLogCut, type LogCut } from "@/lib/snapshots/log-position";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import { storeSnapshot } from "@/lib/snapshots/store-snapshot";
import { buildJudgeSnapshot, type JudgeOutcome } from "@/lib/ratings/judge-snapshot";

/** A fit stands until this share of new votes or verdicts has come. */
const GROWTH = 0.01;
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
    if (await isRecent(inputs, judge, db)) continue;
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
  const board = await tx.board.findUnique({ where: { id: boardId } });
  if (board === null) throw new SalonError("not_found", `There is no board ${boardId}.`);
  const listed = await tx.model.findMany({ where: onBoard(board), select: { id: true } });
  const models = listed.map((model) => model.id).sort();
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
async function isRecent({ boardId, models, cut }: Inputs, judge: JudgeOfBoard, tx: Tx): Promise<boolean> {
  const newest = await findNewest(boardId, "", judge.judgeId, tx);
  if (newest === null) return false;
  const seen = snapshotDetails.parse(newest.details);
  if (seen.judge?.rubric !== judge.rubric) return false;
  if (seen.models.join() !== models.join() || seen.exclusions.join() !== cut.exclusions.join()) return false;
  const votes = await tx.ratingEvent.count({ where: { boardId, seq: { gt: seen.lastEvent } } });
  const verdicts = Math.abs(judge.verdicts - seen.judge.verdicts);
  return votes <= GROWTH * newest.votes && verdicts <= GROWTH * seen.judge.verdicts;
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
    const newest = await findNewest(boardId, category, judge.judgeId, tx);
    if (newest?.inputsHash === snapshot.inputsHash) continue;
    if (newest && snapshotDetails.parse(newest.details).lastEvent > cut.lastEvent) continue;
    const control = judgeControl(judge.judgeId);
    const details = { ...judge, before: before.toISOString(), limit: JUDGED_VOTES, ...worth };
    snapshotIds.push(await storeSnapshot({ boardId, category, control, snapshot, cut, judge: details }, tx));
  }
  return snapshotIds;
}

function findNewest(boardId: string, category: string, judgeId: string, tx: Tx) {
  return tx.ratingSnapshot.findFirst({
    where: { boardId, category, control: judgeControl(judgeId) },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { inputsHash: true, details: true, votes: true },
  });
}
