import { z } from "zod";
import { inTransaction, type Db } from "@/lib/db/client";
import { CLUSTER_LABELS, readClusteredLog } from "@/lib/rankings/clustered-log";
import type { LogCut } from "@/lib/snapshots/log-position";
import { among } from "@/lib/boards/pair-count-rows";
import {
  countsLiveVotes,
  dependenceSummary,
  packCovariance,
  unpackCovariance,
} from "@/lib/snapshots/snapshot-details";
import { tieModel } from "@/lib/schemas/tie-model";
import { measureDependence, type Dependence } from "@/lib/ratings/dependence";
import { METHODOLOGY_VERSION } from "@/lib/ratings/inputs-hash";
import { gamesOf, pairTable, type PairCount } from "@/lib/ratings/pair-counts";
import { fitPairs, type TieModel } from "@/lib/ratings/tie-fit";

/** A measurement stands until the board's votes have grown by this much: its cost grows with the log. */
const GROWTH = 1.02;

const measureDetails = dependenceSummary.extend({
  methodology: z.string(),
  models: z.array(z.string()),
  ties: tieModel,
  lastEvent: z.coerce.bigint(),
  exclusions: z.array(z.coerce.bigint()),
  countsLiveVotes,
});

/** A measurement, and the point of the log it was made at. */
export type ClusterMeasure = Dependence & { votes: number; lastEvent: bigint };

/** What the measurements are made of. */
export type ClusterInputs = {
  boardId: string;
  /** Ids, sorted. */
  models: string[];
  ties: TieModel;
  cut: LogCut;
  /** By category, "" for all, of listed models or more. */
  counts: ReadonlyMap<string, readonly PairCount[]>;
};

/**
 * What the votes' dependence adds to the covariance of a board and each of its categories: the stored measurements while
 * they still tell of nearly the whole log, otherwise ones made now from the log up to the cut, a page at a time: a log
 * of millions takes a minute, so no transaction is held open for it.
 */
export async function measureClusters(
  inputs: ClusterInputs,
  db: Db,
  signal?: AbortSignal,
): Promise<Map<string, ClusterMeasure>> {
  const stored = await db.clusterMeasure.findMany({ where: { boardId: inputs.boardId } });
  const known = stored.map((row) => ({ ...row, details: measureDetails.parse(row.details) }));
  const whole = known.find(({ category }) => category === "");
  if (whole !== undefined && isFresh(whole.details, inputs)) {
    return new Map(
      known.map(({ category, details, excess }) => [
        category,
        { ...details, excess: unpackCovariance(excess) },
      ]),
    );
  }
  const { boardId, models, cut } = inputs;
  const categories = [...inputs.counts.keys()].filter((category) => category !== "");
  const log = await readClusteredLog({ boardId, models, categories, ...cut }, db, signal);
  const measures = new Map<string, ClusterMeasure>();
  for (const [category, all] of inputs.counts) {
    const table = pairTable(among(all, models), models);
    const votes = log.votesOf(table, category);
    const dependence = measureDependence(fitPairs(table, inputs.ties), votes, CLUSTER_LABELS);
    measures.set(category, { ...dependence, votes: votes.pair.length, lastEvent: cut.lastEvent });
  }
  await store(inputs, measures, db);
  return measures;
}

function isFresh(measured: z.output<typeof measureDetails>, inputs: ClusterInputs): boolean {
  const { models, ties, cut, counts } = inputs;
  const votes = among(counts.get("") ?? [], models).reduce((sum, count) => sum + gamesOf(count), 0);
  return (
    measured.methodology === METHODOLOGY_VERSION &&
    measured.ties === ties &&
    measured.models.join() === models.join() &&
    measured.exclusions.join() === cut.exclusions.join() &&
    measured.countsLiveVotes === cut.countsLiveVotes &&
    measured.lastEvent <= cut.lastEvent &&
    votes >= measured.votes &&
    (votes === measured.votes || votes < GROWTH * measured.votes)
  );
}

/** All of a board's measurements at once, in place of its last ones. */
async function store(
  inputs: ClusterInputs,
  measures: ReadonlyMap<string, ClusterMeasure>,
  db: Db,
): Promise<void> {
  const { boardId, models, ties, cut } = inputs;
  const rows = [...measures].map(([category, { excess, clusters, factor, votes }]) => ({
    boardId,
    category,
    details: {
      methodology: METHODOLOGY_VERSION,
      models,
      ties,
      lastEvent: String(cut.lastEvent),
      exclusions: cut.exclusions.map(String),
      countsLiveVotes: cut.countsLiveVotes,
      votes,
      clusters,
      factor,
    },
    excess: packCovariance(excess),
  }));
  await inTransaction(async (tx) => {
    // Two refits that measure at once take turns: the last one stands.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${"salon-clusters:" + boardId}, 0))`;
    await tx.clusterMeasure.deleteMany({ where: { boardId } });
    await tx.clusterMeasure.createMany({ data: rows });
  }, db);
}
