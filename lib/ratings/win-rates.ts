import { gamesAt } from "./meat";
import type { PairTable } from "./pair-counts";
import { sigmoid } from "./scale";

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

/** Observed and predicted win rates, for the heat map and for head-to-head pages. */
export function winRates(table: PairTable, theta: Float64Array): WinRates {
  const n = table.models.length;
  const games = table.models.map(() => new Array<number>(n).fill(0));
  const observed = table.models.map(() => new Array<number | null>(n).fill(null));
  for (let k = 0; k < table.a.length; k++) {
    const [a, b, met] = [table.a[k], table.b[k], gamesAt(table, k)];
    const score = (table.winsA[k] + (table.ties[k] + table.bothBad[k]) / 2) / met;
    games[a][b] = games[b][a] = met;
    observed[a][b] = score;
    observed[b][a] = 1 - score;
  }
  const predicted = table.models.map((_, i) => Array.from(theta, (t) => sigmoid(theta[i] - t)));
  return { models: table.models, games, observed, predicted };
}
