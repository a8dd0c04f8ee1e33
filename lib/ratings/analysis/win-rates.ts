import { gamesAt } from "@/lib/ratings/meat";
import type { PairTable } from "@/lib/ratings/pair-counts";
import { sigmoid } from "@/lib/ratings/scale";

/** Head-to-head numbers of every ordered pair, row against column, in the order of `models`. */
export interface WinRates {
  models: string[];
  /** Battles between the two. */
  games: number[][];
  /** Share of the score that row took from column (a tie is half); null where they never met. */
  observed: (number | null)[][];
  /** What the fit expects. */
  predicted: number[][];
}

/**
 * Observed and predicted win rates, for the heat map and for head-to-head pages.
 * @param score expected score of one model against another, by index; unless told, Bradley-Terry's
 */
export function winRates(
  table: PairTable,
  theta: Float64Array,
  score = (a: number, b: number) => sigmoid(theta[a] - theta[b]),
): WinRates {
  const n = table.models.length;
  const games = table.models.map(() => new Array<number>(n).fill(0));
  const observed = table.models.map(() => new Array<number | null>(n).fill(null));
  for (let k = 0; k < table.a.length; k++) {
    const [a, b, met] = [table.a[k], table.b[k], gamesAt(table, k)];
    const share = (table.winsA[k] + (table.ties[k] + table.bothBad[k]) / 2) / met;
    games[a][b] = games[b][a] = met;
    observed[a][b] = share;
    observed[b][a] = 1 - share;
  }
  const predicted = table.models.map((_, i) => Array.from(theta, (_, j) => score(i, j)));
  return { models: table.models, games, observed, predicted };
}
