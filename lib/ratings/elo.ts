import { scoreOf } from "./outcome";
import type { Outcome } from "./outcome";

/** Where a model starts. */
export const ELO_START = 1000;

/** K of a settled model: small, so that the order of the votes matters little. */
export const ELO_K = 4;

/** K of a model's very first vote. */
export const ELO_K_NEW = 32;

/** After this many games the extra K of a new model has halved. */
const HALF_LIFE = 20;

/**
 * K for a model that has played `games` games before this one: 32 at first, falling towards 4 with a
 * half-life of 20 games (18 after 20, 11 after 40, 4.0 after 250), so that a newcomer finds its place in tens
 * of votes and is then as steady as everyone else.
 */
export function kFactor(games: number): number {
  return ELO_K + (ELO_K_NEW - ELO_K) * 2 ** (-Math.max(0, games) / HALF_LIFE);
}

/** Expected score of a against b: 1 / (1 + 10^((Rb - Ra) / 400)), in (0, 1). */
export function expectedScore(ratingA: number, ratingB: number): number {
  return 1 / (1 + 10 ** ((ratingB - ratingA) / 400));
}

/** One vote's effect on two ratings. */
export interface EloUpdate {
  /** New rating of a. */
  a: number;
  /** New rating of b. */
  b: number;
  deltaA: number;
  deltaB: number;
  /** Expected score of a before the vote. */
  expectedA: number;
  /** Score of a minus what was expected, in (-1, 1): what moves the ratings. */
  surprise: number;
}

/**
 * Online Elo after one vote: R' = R + K (S - E). This is the instant feedback a voter sees; the ranking is
 * the Bradley-Terry fit, because Elo depends on the order of the votes.
 *
 * `kA` and `kB` may differ while one of the two models is new ({@link kFactor}); with equal K the sum of the
 * two ratings is kept. Source: A. Elo, The Rating of Chessplayers, Past and Present (1978).
 */
export function updateElo(
  ratingA: number,
  ratingB: number,
  outcome: Outcome,
  kA: number = ELO_K,
  kB: number = kA,
): EloUpdate {
  const expectedA = expectedScore(ratingA, ratingB);
  const surprise = scoreOf(outcome) - expectedA;
  const deltaA = kA * surprise;
  const deltaB = -kB * surprise;
  return { a: ratingA + deltaA, b: ratingB + deltaB, deltaA, deltaB, expectedA, surprise };
}
