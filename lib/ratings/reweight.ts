import type { PairTable } from "./pair-counts";

/** Pairs with fewer votes than this are weighted as if they had this many. */
export const REWEIGHT_FLOOR = 50;

/**
 * Evens out pairs that met far more often than others: each vote weighs 1 / max(n_pair, 50), scaled so that the
 * weights of all votes sum to their number. Off by default: it trades precision (wider intervals, carried by the
 * sandwich) for a target in which every pair counts alike, which matters only where Bradley-Terry does not hold.
 */
export function reweightPairs(table: PairTable): PairTable {
  const games = table.winsA.map((wins, i) => wins + table.winsB[i] + table.ties[i] + table.bothBad[i]);
  const raw = games.map((n) => 1 / Math.max(n, REWEIGHT_FLOOR));
  const votes = games.reduce((sum, n) => sum + n, 0);
  const weighted = raw.reduce((sum, w, i) => sum + w * games[i], 0);
  return { ...table, weight: raw.map((w) => (w * votes) / weighted) };
}
