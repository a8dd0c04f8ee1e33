import { setImmediate } from "node:timers/promises";
import { readBetweenVotes } from "@/lib/boards/vote-lock";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { readBoardModels } from "@/lib/boards/board-models";
import { styleOfBoard } from "@/lib/boards/board-style";
import { countVotesSince, readLogCut, type LogCut } from "@/lib/snapshots/log-position";
import { measureStyles } from "@/lib/rankings/measure-styles";
import { findNewestFit, isNews } from "@/lib/snapshots/find-snapshot";
import { isRecent } from "@/lib/snapshots/recent-fit";
import { storeSnapshot } from "@/lib/snapshots/store-snapshot";
import { readStyleVotes, STYLE_VOTES } from "@/lib/rankings/style-votes";
import { buildStyleSnapshot, type StyleOutcome } from "@/lib/ratings/style-snapshot";

/**
 * Measure the samples of a board's votes that are not measured yet, then fit the board and each of its categories
 * with style held equal, into immutable snapshots of control "style". Where votes are too few there is none. Safe to
 * run twice and to kill.
 * @throws SalonError "not_found"; the signal's reason when the worker stops
 */
export async function refitStyle(
  boardId: string,
  db: Db,
  signal: AbortSignal,
): Promise<{ snapshotIds: string[] }> {
  const board = await db.board.findUnique({ where: { id: boardId }, select: { modality: true } });
  if (board === null) throw new SalonError("not_found", `There is no board ${boardId}.`);
  const { measureId, features } = styleOfBoard(board);
  for (;;) {
    await measureStyles({ id: boardId, measureId }, db, signal);
    const inputs = await inTransaction((tx) => readInputs(boardId, measureId, tx), db);
    if (inputs === null) return { snapshotIds: [] };
    // A vote on a new image came in between.
    if (inputs.unmeasured > 0) continue;
    const fits: Fit[] = [];
    for (const [category, votes] of inputs.byCategory) {
      signal.throwIfAborted();
      const fit = buildStyleSnapshot(votes, inputs.models, features);
      if (fit.fitted) fits.push({ category, ...fit });
      // A fit takes a second of many votes: let the worker's other jobs have theirs.
      await setImmediate();
    }
    // Fits are made outside of transactions: however long they take, they hold nothing.
    return {
      snapshotIds: await inTransaction((tx) => store({ boardId, measureId }, fits, inputs.cut, tx), db),
    };
  }
}

type Fit = Extract<StyleOutcome, { fitted: true }> & { category: string };

/** @returns null while the newest fit has seen nearly all there is */
async function readInputs(boardId: string, measureId: string, tx: Tx) {
  const { models } = await readBoardModels(boardId, tx);
  const cut = await readBetweenVotes(boardId, () => readLogCut(boardId, tx), tx);
  if (await isEnough({ boardId, models, cut }, tx)) return null;
  return {
    models,
    cut,
    ...(await readStyleVotes({ boardId, models, limit: STYLE_VOTES, measureId, ...cut }, tx)),
  };
}

/** One at a time, and never over a fit that has seen more of the log. */
async function store(
  { boardId, measureId }: { boardId: string; measureId: string },
  fits: Fit[],
  cut: LogCut,
  tx: Tx,
): Promise<string[]> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${"salon-refit-style:" + boardId}, 0))`;
  const snapshotIds: string[] = [];
  for (const { category, snapshot, effects } of fits) {
    const newest = await findNewestFit({ boardId, category, control: "style" }, tx);
    if (!isNews({ snapshot, cut }, newest)) continue;
    const style = { measureId, limit: STYLE_VOTES, ...effects };
    snapshotIds.push(await storeSnapshot({ boardId, category, control: "style", snapshot, cut, style }, tx));
  }
  return snapshotIds;
}

/** Whether the newest style fit has seen nearly all there is. */
async function isEnough(
  { boardId, models, cut }: { boardId: string; models: string[]; cut: LogCut },
  tx: Tx,
): Promise<boolean> {
  const newest = await findNewestFit({ boardId, category: "", control: "style" }, tx);
  if (newest === null) return false;
  const newVotes = await countVotesSince(boardId, newest.details.lastEvent, tx);
  return isRecent({ ...newest.details, votes: newest.votes }, { ...cut, models, newVotes });
}
