import { setImmediate } from "node:timers/promises";
import { readBetweenVotes } from "@/lib/boards/vote-lock";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { onBoard } from "@/lib/boards/board-models";
import { styleOfBoard } from "@/lib/boards/board-style";
import { readLogCut, type LogCut } from "@/lib/snapshots/log-position";
import { measureStyles } from "@/lib/rankings/measure-styles";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import { storeSnapshot } from "@/lib/snapshots/store-snapshot";
import { readStyleVotes, STYLE_VOTES } from "@/lib/rankings/style-votes";
import { buildStyleSnapshot, type StyleOutcome } from "@/lib/ratings/style-snapshot";

/** A fit stands until this share of new votes has come: its cost grows with the votes, so it must not follow each. */
const GROWTH = 0.01;

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
    // A vote on a new picture came in between.
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
  const board = await tx.board.findUnique({ where: { id: boardId } });
  if (board === null) throw new SalonError("not_found", `There is no board ${boardId}.`);
  const listed = await tx.model.findMany({ where: onBoard(board), select: { id: true } });
  const models = listed.map((model) => model.id).sort();
  const cut = await readBetweenVotes(boardId, () => readLogCut(boardId, tx), tx);
  if (await isRecent(boardId, models, cut, tx)) return null;
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
    const newest = await findNewest(boardId, category, tx);
    if (newest?.inputsHash === snapshot.inputsHash) continue;
    if (newest && snapshotDetails.parse(newest.details).lastEvent > cut.lastEvent) continue;
    const style = { measureId, limit: STYLE_VOTES, ...effects };
    snapshotIds.push(await storeSnapshot({ boardId, category, control: "style", snapshot, cut, style }, tx));
  }
  return snapshotIds;
}

/** Whether the newest style fit has seen nearly all there is: same models, same exclusions, few votes since. */
async function isRecent(boardId: string, models: string[], cut: LogCut, tx: Tx): Promise<boolean> {
  const newest = await findNewest(boardId, "", tx);
  if (newest === null) return false;
  const seen = snapshotDetails.parse(newest.details);
  if (seen.models.join() !== models.join() || seen.exclusions.join() !== cut.exclusions.join()) return false;
  const since = await tx.ratingEvent.count({ where: { boardId, seq: { gt: seen.lastEvent } } });
  return since === 0 || since < GROWTH * newest.votes;
}

function findNewest(boardId: string, category: string, tx: Tx) {
  return tx.ratingSnapshot.findFirst({
    where: { boardId, category, control: "style" },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { inputsHash: true, details: true, votes: true },
  });
}
