import { among, readPairCounts } from "@/lib/boards/pair-count-rows";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { analyseSnapshotInThread } from "@/lib/encoders/compute-thread";
import { SalonError } from "@/lib/errors";
import { hashInputs } from "@/lib/ratings/inputs-hash";
import { mergePairCounts, type PairCount } from "@/lib/ratings/pair-counts";
import { POINTS_PER_LOGIT, RATING_CENTRE } from "@/lib/ratings/scale";
import { isRecent } from "@/lib/snapshots/recent-fit";
import { storeAnalysis } from "@/lib/snapshots/snapshot-analysis";
import { snapshotDetails, unpackCovariance, type SnapshotDetails } from "@/lib/snapshots/snapshot-details";
import { countLog } from "@/lib/votes/count-log";

/**
 * Analyse the newest ranking of a board and of each of its categories, where the analysis that is kept no longer speaks for it.
 * Computed in a thread and outside of transactions, stored one category after the other: safe to run twice and to kill.
 * @returns the categories that have a new analysis, "" for the whole board
 * @throws SalonError "not_found"; the signal's reason when the worker stops
 */
export async function analyseBoard(
  boardId: string,
  db: Db,
  signal?: AbortSignal,
): Promise<{ categories: string[] }> {
  if ((await db.board.count({ where: { id: boardId } })) === 0)
    throw new SalonError("not_found", `There is no board ${boardId}.`);
  const voted = await db.pairCount.groupBy({
    by: ["category"],
    where: { boardId },
    orderBy: { category: "asc" },
  });
  const categories: string[] = [];
  for (const category of ["", ...voted.map((row) => row.category)]) {
    signal?.throwIfAborted();
    const due = await inTransaction((tx) => readDue(boardId, category, tx), db);
    if (due === null) continue;
    const analysis = await analyseSnapshotInThread(due.counts, due.snapshot, signal);
    const kept = { boardId, category, snapshotId: due.id, analysis };
    if (await inTransaction((tx) => storeAnalysis(kept, tx), db)) categories.push(category);
  }
  return { categories };
}

/** @returns the newest ranking with the counts it was made from; null: there is none, or it needs no analysis, or can have none */
async function readDue(boardId: string, category: string, tx: Tx) {
  const snapshot = await tx.ratingSnapshot.findFirst({
    where: { boardId, category, control: "" },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    include: { rows: { orderBy: [{ rank: { sort: "asc", nulls: "last" } }, { rating: "desc" }] } },
  });
  if (snapshot === null) return null;
  const details = snapshotDetails.parse(snapshot.details);
  const last = await tx.snapshotAnalysis.findUnique({
    where: { boardId_category: { boardId, category } },
    select: { snapshot: { select: { id: true, votes: true, details: true } } },
  });
  if (last && speaksFor(last.snapshot, { ...snapshot, details })) return null;
  const counts = await readCounts({ ...snapshot, details }, tx);
  if (counts === null) return null;
  const rating = new Map(snapshot.rows.map((row) => [row.modelId, row.rating]));
  return {
    id: snapshot.id,
    counts,
    snapshot: {
      models: details.models,
      theta: Float64Array.from(
        details.models,
        (id) => ((rating.get(id) ?? NaN) - RATING_CENTRE) / POINTS_PER_LOGIT,
      ),
      covariance: unpackCovariance(snapshot.covariance),
      options: details.options,
      ranked: snapshot.rows.filter(({ rank }) => rank !== null).map(({ modelId }) => modelId),
    },
  };
}

type Ranking = { id: string; votes: number; details: SnapshotDetails };

/** Whether the analysis of one ranking still says what that of a newer one would. */
function speaksFor(analysed: Omit<Ranking, "details"> & { details: unknown }, newest: Ranking): boolean {
  if (analysed.id === newest.id) return true;
  const { options, ...seen } = snapshotDetails.parse(analysed.details);
  if (options.ties !== newest.details.options.ties) return false;
  const newVotes = Math.abs(newest.votes - analysed.votes);
  return isRecent({ ...seen, votes: analysed.votes }, { ...newest.details, newVotes });
}

/**
 * The counts that a ranking was made from: those of now while no vote has come since, or else those of the log at its cut.
 * @returns null where neither gives its hash: another release made it, or votes went with their model; a refit is on its way then
 */
async function readCounts(
  snapshot: { boardId: string; category: string; inputsHash: string; details: SnapshotDetails },
  tx: Tx,
): Promise<PairCount[] | null> {
  const { boardId, category, inputsHash, details } = snapshot;
  const isSame = (counts: PairCount[]) => hashInputs(counts, details.models, details.options) === inputsHash;
  const now = among(
    (await readPairCounts({ ...details, id: boardId }, tx)).get(category) ?? [],
    details.models,
  );
  if (isSame(now)) return now;
  const then = mergePairCounts(await countLog({ boardId, category, ...details }, tx));
  return isSame(then) ? then : null;
}
