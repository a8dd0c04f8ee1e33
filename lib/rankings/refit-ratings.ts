import { readBetweenVotes } from "@/lib/boards/vote-lock";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { readBoardModels } from "@/lib/boards/board-models";
import { chooseTies } from "@/lib/rankings/choose-tie-model";
import { measureClusters, type ClusterMeasure } from "@/lib/rankings/cluster-measures";
import { readAnswerCounts } from "@/lib/votes/criterion-votes";
import { exclusionsByReason } from "@/lib/snapshots/excluded-votes";
import { readLogCut } from "@/lib/snapshots/log-position";
import { among, readPairCounts } from "@/lib/boards/pair-count-rows";
import { fitBoardCriteria, storeCriteria, type CriteriaFit } from "@/lib/rankings/refit-criteria";
import { requestAnalysis } from "@/lib/queue/requests/request-analysis";
import { requestJudgedRefit } from "@/lib/queue/requests/request-judged-refit";
import { requestStyleRefit } from "@/lib/queue/requests/request-style-refit";
import { findNewestFit } from "@/lib/snapshots/find-snapshot";
import type { TieChoice } from "@/lib/snapshots/snapshot-details";
import { storeSnapshot } from "@/lib/snapshots/store-snapshot";
import { tellRankChanges } from "@/lib/webhooks/tell-rank-changes";
import { hashInputs } from "@/lib/ratings/inputs-hash";
import { buildSnapshot, type Snapshot, type SnapshotOptions } from "@/lib/ratings/snapshot";

/**
 * Fit a board anew, overall and for each category that has votes, into immutable snapshots. What has not changed
 * since its newest snapshot gets none. Ties are modelled as predicts unseen votes best (choose-ties.ts). The fit's cost
 * depends on models, not on votes; what votes of one voter or on one prompt add to its intervals is measured on the log
 * now and then (cluster-measures.ts). The analysis of the rankings, the style-controlled fit and those with judges are asked for
 * and follow by themselves.
 * @throws SalonError "not_found"; the signal's reason when the worker stops
 */
export async function refitRatings(
  boardId: string,
  db: Db,
  signal?: AbortSignal,
): Promise<{ snapshotIds: string[] }> {
  const inputs = await inTransaction((tx) => readInputs(boardId, tx), db);
  // The fits of a large board take longer than a transaction may.
  const { counts, models, cut } = inputs;
  const whole = among(counts.get("") ?? [], models);
  const tieChoice = whole.length === 0 ? null : await chooseTies({ boardId, counts: whole, models }, db);
  const ties = tieChoice?.best ?? "half";
  const measures =
    tieChoice === null
      ? new Map<string, ClusterMeasure>()
      : await measureClusters({ boardId, models, ties, cut, counts }, db, signal);
  const fits = await fitCategories({ ...inputs, tieChoice }, measures, db);
  return { snapshotIds: await inTransaction((tx) => store({ ...inputs, tieChoice }, fits, tx), db) };
}

type Inputs = Awaited<ReturnType<typeof readInputs>>;
/** Null without votes. */
type Choice = { tieChoice: TieChoice | null };

async function readInputs(boardId: string, tx: Tx) {
  const { board, models } = await readBoardModels(boardId, tx);
  const inputs = await readBetweenVotes(
    boardId,
    async () => {
      const cut = await readLogCut(boardId, tx);
      return {
        cut,
        counts: await readPairCounts({ id: boardId, countsLiveVotes: cut.countsLiveVotes }, tx),
        answered: board.criteria.length === 0 ? [] : await readAnswerCounts(boardId, tx),
      };
    },
    tx,
  );
  return { board, models, ...inputs };
}

/** A category's fits, where it has news. */
interface CategoryFit {
  category: string;
  criteria: CriteriaFit;
  snapshot: Snapshot | null;
  measure: ClusterMeasure | undefined;
}

async function fitCategories(
  { board, models, counts: byCategory, answered, cut, tieChoice }: Inputs & Choice,
  measures: ReadonlyMap<string, ClusterMeasure>,
  db: Db,
): Promise<CategoryFit[]> {
  const fits: CategoryFit[] = [];
  for (const [category, all] of byCategory) {
    const newest = await findNewestFit({ boardId: board.id, category, control: "" }, db);
    const counts = among(all, models);
    const exclusions = exclusionsByReason(cut.excluded, { ...cut, category }, models);
    const measure = measures.get(category);
    const options: SnapshotOptions = {
      ...(tieChoice && tieChoice.best !== "half" && { ties: tieChoice.best }),
      ...(measure && { dependence: summaryOf(measure) }),
      exclusions,
    };
    // A board whose last vote was excluded is ranked no more: that is news.
    const isNews =
      (counts.length > 0 || newest !== null) && newest?.inputsHash !== hashInputs(counts, models, options);
    const snapshot = isNews ? buildSnapshot(counts, models, options, measure?.excess) : null;
    const ties = tieChoice?.best ?? "half";
    const criteria = await fitBoardCriteria(
      { board, category, counts, answered, models, cut, exclusions, ties },
      db,
    );
    fits.push({ category, criteria, snapshot, measure });
  }
  return fits;
}

/** One at a time, and never over a fit that has seen more of the log. */
async function store(
  { board, cut, tieChoice }: Inputs & Choice,
  fits: readonly CategoryFit[],
  tx: Tx,
): Promise<string[]> {
  const boardId = board.id;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${"salon-refit:" + boardId}, 0))`;
  const snapshotIds: string[] = [];
  for (const { category, criteria, snapshot, measure } of fits) {
    const newest = await findNewestFit({ boardId, category, control: "" }, tx);
    if (newest && newest.details.lastEvent > cut.lastEvent) continue;
    if (criteria !== null) await storeCriteria(criteria, tx);
    if (snapshot === null || newest?.inputsHash === snapshot.inputsHash) continue;
    const fit = { boardId, category, control: "", snapshot, cut, tieChoice: tieChoice ?? undefined } as const;
    const snapshotId = await storeSnapshot({ ...fit, dependenceEvent: measure?.lastEvent }, tx);
    snapshotIds.push(snapshotId);
    if (category === "") await tellRankChanges({ board, snapshotId }, tx);
  }
  await requestAnalysis(boardId, tx);
  if (tieChoice !== null) {
    await requestStyleRefit(boardId, tx);
    await requestJudgedRefit(boardId, tx);
  }
  return snapshotIds;
}

const summaryOf = ({ votes, clusters, factor }: ClusterMeasure) => ({ votes, clusters, factor });
