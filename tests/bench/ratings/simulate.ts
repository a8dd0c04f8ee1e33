import { pairTable } from "@/lib/ratings/pair-counts";
import type { PairCount, PairTable, PairVote } from "@/lib/ratings/pair-counts";
import { binomial, seededRandom } from "@/lib/numerics/random";
import type { Random } from "@/lib/numerics/random";
import { sigmoid } from "@/lib/ratings/scale";

/** Names that sort as their numbers do. */
export const nameOf = (i: number): string => `m${String(i).padStart(4, "0")}`;

/** Strengths drawn from N(0, sd) logits, summing to zero. */
export function drawStrengths(models: number, sd: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const theta = Float64Array.from({ length: models }, () => sd * random.normal());
  const mean = theta.reduce((sum, t) => sum + t, 0) / models;
  return theta.map((t) => t - mean);
}

/** Two different models, every pair alike. */
export function drawPair(random: Random, models: number): [number, number] {
  const i = random.below(models);
  return [i, (i + 1 + random.below(models - 1)) % models];
}

/** Independent decided votes on uniform pairs. */
export function drawVotes(theta: Float64Array, votes: number, random: Random): PairVote[] {
  const names = Array.from(theta, (_, i) => nameOf(i));
  return Array.from({ length: votes }, () => {
    const [i, j] = drawPair(random, theta.length);
    const won = random.uniform() < sigmoid(theta[i] - theta[j]);
    return { a: names[i], b: names[j], outcome: won ? "a" : "b" };
  });
}

/** Counts of `votes` votes spread evenly over all pairs, a share of them ties. */
export function drawCounts(theta: Float64Array, votes: number, random: Random, tieShare = 0): PairCount[] {
  const n = theta.length;
  const each = (2 * votes) / (n * (n - 1));
  const rows: PairCount[] = [];
  let given = 0;
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      const games = Math.round(each * (rows.length + 1)) - given;
      given += games;
      const ties = binomial(random, games, tieShare);
      const winsA = binomial(random, games - ties, sigmoid(theta[i] - theta[j]));
      rows.push({ a: nameOf(i), b: nameOf(j), winsA, winsB: games - ties - winsA, ties, bothBad: 0 });
    }
  }
  return rows;
}

/** A table of expected scores: p(i beats j) for every pair, as fractions of one vote. */
export function expectedTable(models: number, p: (i: number, j: number) => number): PairTable {
  const rows: PairCount[] = [];
  for (let i = 0; i < models; i++) {
    for (let j = i + 1; j < models; j++) {
      rows.push({ a: nameOf(i), b: nameOf(j), winsA: p(i, j), winsB: 1 - p(i, j), ties: 0, bothBad: 0 });
    }
  }
  return pairTable(rows);
}

/** E sigmoid(difference + N(0, sd^2)), by the trapezoid rule. */
export function averagedSigmoid(difference: number, sd: number): number {
  if (sd === 0) return sigmoid(difference);
  let sum = 0;
  let weight = 0;
  for (let z = -8; z <= 8; z += 0.05) {
    const w = Math.exp((-z * z) / 2);
    sum += w * sigmoid(difference + sd * z);
    weight += w;
  }
  return sum / weight;
}

/** Prints rows as an aligned table. */
export function printTable(header: string[], rows: (string | number)[][]): void {
  const cells = [header, ...rows.map((row) => row.map(String))];
  const widths = header.map((_, k) => Math.max(...cells.map((row) => row[k].length)));
  for (const row of cells) {
    console.log(
      row.map((cell, k) => (k === 0 ? cell.padEnd(widths[k]) : cell.padStart(widths[k]))).join("  "),
    );
  }
}

export const percent = (x: number, digits = 1): string => `${(100 * x).toFixed(digits)}%`;
