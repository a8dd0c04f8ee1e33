import { db, type Tx } from "@/lib/db/client";
import { findBoard } from "@/lib/boards/find-board";
import { findNewestSnapshot, type SnapshotWithRows } from "@/lib/snapshots/find-snapshot";
import { among, readPairCounts } from "@/lib/boards/pair-count-rows";
import { snapshotDetails, unpackCovariance, type SnapshotDetails } from "@/lib/snapshots/snapshot-details";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { fragility } from "@/lib/ratings/analysis/fragility";
import { compareMethods } from "@/lib/ratings/analysis/method-comparison";
import { gamesOf, pairTable, type PairCount } from "@/lib/ratings/pair-counts";
import { normalQuantile } from "@/lib/numerics/normal";
import { contrastSe } from "@/lib/ratings/rank-spread";
import { POINTS_PER_LOGIT, RATING_CENTRE } from "@/lib/ratings/scale";
import { votesToSeparate } from "@/lib/ratings/analysis/power";
import type { TieModel } from "@/lib/ratings/tie-fit";
import { fitPairs } from "@/lib/ratings/tie-fit";
import { winRates } from "@/lib/ratings/analysis/win-rates";
import type { BoardAnalysis } from "@/lib/schemas/views";

type Named = { slug: string; name: string };

/** The analysis of each board's newest snapshot: snapshots never change, and seven fits take a while. */
const kept = new Map<string, { snapshotId: string; analysis: BoardAnalysis }>();

/**
 * What a board's votes say beyond its ranking: win rates seen and predicted, other methods' ranks, how few votes
 * hold up the first place, how many more would tell neighbours apart.
 * @throws SalonError "not_found" for an unknown board
 */
export async function readBoardAnalysis(
  input: { board: string; category?: string | null },
  tx: Tx = db(),
): Promise<BoardAnalysis> {
  const board = await findBoard(input.board, tx);
  const category = input.category ?? "";
  const snapshot = await findNewestSnapshot(board.id, category, tx);
  if (snapshot === null)
    return {
      models: [],
      pairs: [],
      methods: [],
      fragility: null,
      power: [],
      ties: null,
      exclusions: [],
      notes: [],
    };
  const key = `${board.id}/${category}`;
  const known = kept.get(key);
  if (known?.snapshotId === snapshot.id) return known.analysis;

  const details = snapshotDetails.parse(snapshot.details);
  const ranked = snapshot.rows.filter((row) => row.rank !== null).map((row) => row.modelId);
  const models = await tx.model.findMany({
    where: { id: { in: ranked } },
    select: { id: true, slug: true, name: true },
  });
  const named = new Map(models.map(({ id, ...model }) => [id, model]));
  const counts = among((await readPairCounts(board.id, tx)).get(category) ?? [], details.models);
  const elo = await tx.eloRating.findMany({ where: { boardId: board.id, modelId: { in: ranked } } });
  const ties = details.options.ties ?? "half";
  const analysis: BoardAnalysis = {
    ...analyse(ranked, named, counts, { ties, details, ...(await readStrengths(snapshot, details, tx)) }),
    ties: details.tieChoice
      ? { used: ties, votes: details.tieChoice.votes, losses: details.tieChoice.losses }
      : null,
    exclusions: details.options.exclusions ?? [],
    notes: details.notes,
  };
  if (category === "") analysis.methods.push(byElo(elo, named));
  kept.set(key, { snapshotId: snapshot.id, analysis });
  return analysis;
}

/** The strengths of a snapshot with their covariance, in the order of its models. */
async function readStrengths(snapshot: SnapshotWithRows, { models }: SnapshotDetails, tx: Tx) {
  const { covariance } = await tx.ratingSnapshot.findUniqueOrThrow({
    where: { id: snapshot.id },
    select: { covariance: true },
  });
  const rating = new Map(snapshot.rows.map((row) => [row.modelId, row.rating]));
  const theta = Float64Array.from(models, (id) => (rating.get(id)! - RATING_CENTRE) / POINTS_PER_LOGIT);
  return { theta, covariance: unpackCovariance(covariance) };
}

type BoardFit = { ties: TieModel; details: SnapshotDetails; theta: Float64Array; covariance: Float64Array };

/**
 * @param ranked ids, best first
 * @param board the snapshot's own numbers: spreads, plans and intervals here follow its covariance
 */
function analyse(
  ranked: string[],
  named: ReadonlyMap<string, Named>,
  counts: readonly PairCount[],
  { ties, details, theta, covariance }: BoardFit,
): Omit<BoardAnalysis, "ties" | "exclusions" | "notes"> {
  const table = pairTable(counts, details.models);
  const fit = fitPairs(table, ties);
  const votes = counts.reduce((sum, count) => sum + gamesOf(count), 0);
  const at = new Map(table.models.map((id, i) => [id, i]));
  const slug = (id: string) => named.get(id)!.slug;
  const name = (id: string) => named.get(id)!.name;
  const rates = winRates(table, fit.theta, fit.score);
  const n = table.models.length;
  const critical = normalQuantile(0.975);
  const oriented = new Map(counts.map((count) => [`${count.a} ${count.b}`, count]));

  const pairs = ranked.flatMap((a) =>
    ranked
      .filter((b) => b !== a)
      .map((b) => {
        const forward = oriented.get(`${a} ${b}`);
        const count = forward ?? oriented.get(`${b} ${a}`);
        const [i, j] = [at.get(a)!, at.get(b)!];
        const { separated, directVotes, boardVotes } = votesToSeparate(theta, covariance, i, j, {
          votes,
          information: fit.information(i, j),
        });
        const half = (critical * contrastSe(covariance, n, i, j)) / 2;
        return {
          a: slug(a),
          b: slug(b),
          wins: (forward ? count?.winsA : count?.winsB) ?? 0,
          losses: (forward ? count?.winsB : count?.winsA) ?? 0,
          ties: count?.ties ?? 0,
          bothBad: count?.bothBad ?? 0,
          games: rates.games[i][j],
          observed: rates.observed[i][j],
          predicted: rates.predicted[i][j],
          predictedLow: fit.scoreOf(fit.theta[i] - half, fit.theta[j] + half),
          predictedHigh: fit.scoreOf(fit.theta[i] + half, fit.theta[j] - half),
          separated,
          directVotes,
          boardVotes,
        };
      }),
  );

  const planned = new Map(pairs.map((pair) => [`${pair.a} ${pair.b}`, pair]));
  const power = ranked.slice(1).map((id, k) => {
    const [above, below] = [ranked[k], id];
    const plan = planned.get(`${slug(above)} ${slug(below)}`)!;
    const { separated, directVotes, boardVotes } = plan;
    const text = separated
      ? `${name(above)} and ${name(below)} are told apart.`
      : directVotes === null
        ? `${name(above)} and ${name(below)} look equal: no number of votes would tell them apart.`
        : `About ${directVotes.toLocaleString("en")} more votes between ${name(above)} and ${name(below)} would tell them apart.`;
    return { a: slug(above), b: slug(below), separated, directVotes, boardVotes, text };
  });

  const weakness = fragility(table, bradleyTerry(table), {
    strengths: ties === "half" ? undefined : (rest) => fitPairs(rest, ties).theta,
  });
  const { graph, gradientNorm, iterations } = fit;
  const clustered = details.options.dependence?.clusters.some(({ used }) => used)
    ? { theta, covariance, graph, gradientNorm, iterations }
    : undefined;
  return {
    models: ranked.map((id) => named.get(id)!),
    pairs,
    methods: compareMethods(counts, details.models, ties, clustered).map(
      ({ method, description, ranks }) => ({
        name: method,
        label: description,
        ranks: ranked.map((id) => ({ model: slug(id), ...ranks[id] })),
      }),
    ),
    fragility: weakness && {
      votes: weakness.votes,
      share: weakness.share,
      first: slug(weakness.first),
      successor: slug(weakness.successor),
      text: `Without ${weakness.votes.toLocaleString("en")} of ${votes.toLocaleString("en")} votes ${name(weakness.successor)} would be first.`,
    },
    power,
  };
}

function byElo(
  rows: readonly { modelId: string; rating: number }[],
  named: ReadonlyMap<string, Named>,
): BoardAnalysis["methods"][number] {
  const ranks = rows.map(({ modelId, rating }) => {
    const rank = rows.filter((other) => other.rating > rating).length + 1;
    return { model: named.get(modelId)!.slug, rank, low: null, high: null, rating };
  });
  return { name: "elo", label: "Online Elo, which depends on the order of the votes", ranks };
}
