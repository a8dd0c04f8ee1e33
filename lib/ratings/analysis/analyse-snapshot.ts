import { normalQuantile } from "@/lib/numerics/normal";
import { fragility } from "@/lib/ratings/analysis/fragility";
import { compareMethods } from "@/lib/ratings/analysis/method-comparison";
import { votesToSeparate } from "@/lib/ratings/analysis/power";
import { winRates } from "@/lib/ratings/analysis/win-rates";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { gamesOf, pairTable, type PairCount } from "@/lib/ratings/pair-counts";
import { contrastSe } from "@/lib/ratings/rank-spread";
import type { Snapshot } from "@/lib/ratings/snapshot";
import { fitPairs, type TieFit } from "@/lib/ratings/tie-fit";

/** A ranking: its models in the order of strengths (logits) and covariance, and its ranked models, best first. */
export type AnalysedSnapshot = Pick<Snapshot, "models" | "theta" | "covariance" | "options"> & {
  ranked: readonly string[];
};

/**
 * What a ranking's votes say beside its order: win rates seen and predicted, the votes that would tell each two models apart, other
 * methods' ranks, and how few votes hold up the first place. Intervals and plans follow the snapshot's own covariance.
 * Models by id. Costs some tens of fits: seconds with 50 models.
 * @param counts those that the snapshot was made from
 */
export function analyseSnapshot(counts: readonly PairCount[], snapshot: AnalysedSnapshot) {
  const { models, theta, covariance, options, ranked } = snapshot;
  if (ranked.length === 0) return { pairs: [], methods: [], fragility: null };
  const ties = options.ties ?? "half";
  const table = pairTable(counts, models);
  const fit = fitPairs(table, ties);
  const weakness = fragility(table, bradleyTerry(table), {
    strengths: ties === "half" ? undefined : (rest) => fitPairs(rest, ties).theta,
  });
  const { graph, gradientNorm, iterations } = fit;
  const clustered = options.dependence?.clusters.some(({ used }) => used)
    ? { theta, covariance, graph, gradientNorm, iterations }
    : undefined;
  return {
    pairs: comparePairs(counts, snapshot, fit),
    methods: compareMethods(counts, models, ties, clustered).map(({ ranks, ...method }) => ({
      ...method,
      ranks: ranked.map((model) => ({ model, ...ranks[model] })),
    })),
    fragility: weakness && {
      votes: weakness.votes,
      share: weakness.share,
      first: weakness.first,
      successor: weakness.successor,
    },
  };
}

/** So many models, from the first on, are compared each with each: with all of 1,000 that would be a million pairs. */
export const COMPARED_MODELS = 100;

/** Ordered pairs of ranked models, best first: all of the first ones, and of the others each with the first and with its neighbours. */
function comparePairs(
  counts: readonly PairCount[],
  { models, theta, covariance, ranked }: AnalysedSnapshot,
  fit: TieFit,
) {
  const table = pairTable(counts, models);
  const votes = counts.reduce((sum, count) => sum + gamesOf(count), 0);
  const rates = winRates(table, fit.theta, fit.score);
  const at = new Map(table.models.map((model, i) => [model, i]));
  const oriented = new Map(counts.map((count) => [`${count.a} ${count.b}`, count]));
  const critical = normalQuantile(0.975);
  const isCompared = (i: number, j: number) =>
    i !== j && (Math.max(i, j) < COMPARED_MODELS || Math.min(i, j) === 0 || Math.abs(i - j) === 1);
  return ranked.flatMap((a, place) =>
    ranked
      .filter((_, other) => isCompared(place, other))
      .map((b) => {
        const forward = oriented.get(`${a} ${b}`);
        const count = forward ?? oriented.get(`${b} ${a}`);
        const [i, j] = [at.get(a)!, at.get(b)!];
        const { separated, directVotes, boardVotes } = votesToSeparate(theta, covariance, i, j, {
          votes,
          information: fit.information(i, j),
        });
        const half = (critical * contrastSe(covariance, table.models.length, i, j)) / 2;
        return {
          a,
          b,
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
}
