import { swapSides } from "./outcome";
import type { Outcome } from "./outcome";

/** One vote on one battle. Models, voters and prompts are ids, never display names. */
export interface PairVote {
  a: string;
  b: string;
  outcome: Outcome;
  voter?: string;
  prompt?: string;
  category?: string;
}

/** All votes on one pair, in canonical order (a < b by code unit): all that the fits need of a log. */
export interface PairCount {
  a: string;
  b: string;
  winsA: number;
  winsB: number;
  ties: number;
  bothBad: number;
}

/** The same counts by column, with models as indices: what the fits compute on. */
export interface PairTable {
  /** Sorted by code unit. */
  models: string[];
  /** Index of the first model of each pair. */
  a: Int32Array;
  b: Int32Array;
  winsA: Float64Array;
  winsB: Float64Array;
  ties: Float64Array;
  bothBad: Float64Array;
  /** Weight of one vote on the pair: 1, unless reweighted. */
  weight: Float64Array;
}

/** Code-unit order: the same on every machine, which a locale's collation is not. */
export function compareIds(x: string, y: string): number {
  return x < y ? -1 : x > y ? 1 : 0;
}

/** The vote with its models in canonical order. Throws when a model is paired with itself. */
export function canonicalPair(
  a: string,
  b: string,
  outcome: Outcome,
): { a: string; b: string; outcome: Outcome } {
  if (a === b) throw new RangeError(`a model cannot battle itself: ${a}`);
  return a < b ? { a, b, outcome } : { a: b, b: a, outcome: swapSides(outcome) };
}

function emptyCount(a: string, b: string): PairCount {
  return { a, b, winsA: 0, winsB: 0, ties: 0, bothBad: 0 };
}

/** Adds `votes` votes of one outcome to a canonical row, in place. */
export function addOutcome(count: PairCount, outcome: Outcome, votes = 1): void {
  if (outcome === "a") count.winsA += votes;
  else if (outcome === "b") count.winsB += votes;
  else if (outcome === "tie") count.ties += votes;
  else count.bothBad += votes;
}

/** Votes on the pair, of every outcome. */
export function gamesOf(count: PairCount): number {
  return count.winsA + count.winsB + count.ties + count.bothBad;
}

class Accumulator {
  private readonly rows = new Map<string, Map<string, PairCount>>();

  row(a: string, b: string): PairCount {
    let inner = this.rows.get(a);
    if (inner === undefined) this.rows.set(a, (inner = new Map()));
    let row = inner.get(b);
    if (row === undefined) inner.set(b, (row = emptyCount(a, b)));
    return row;
  }

  add(vote: PairVote): void {
    // canonicalPair without its object: this runs once a vote.
    const { a, b, outcome } = vote;
    if (a < b) addOutcome(this.row(a, b), outcome);
    else if (a > b) addOutcome(this.row(b, a), swapSides(outcome));
    else canonicalPair(a, b, outcome);
  }

  counts(): PairCount[] {
    const all = [...this.rows.values()].flatMap((inner) => [...inner.values()]);
    return all.sort((x, y) => compareIds(x.a, y.a) || compareIds(x.b, y.b));
  }
}

/** Counts a log by pair; one row a pair that met, sorted by (a, b). */
export function countPairs(votes: Iterable<PairVote>): PairCount[] {
  const sums = new Accumulator();
  for (const vote of votes) sums.add(vote);
  return sums.counts();
}

/** Counts each prompt category by itself; votes without a category are left out. */
export function countPairsByCategory(votes: Iterable<PairVote>): Map<string, PairCount[]> {
  const byCategory = new Map<string, Accumulator>();
  for (const vote of votes) {
    if (vote.category === undefined) continue;
    let sums = byCategory.get(vote.category);
    if (sums === undefined) byCategory.set(vote.category, (sums = new Accumulator()));
    sums.add(vote);
  }
  const names = [...byCategory.keys()].sort(compareIds);
  return new Map(names.map((name) => [name, byCategory.get(name)!.counts()]));
}

/** The sum of several counts; rows in any order or orientation come out canonical, sorted and unique. */
export function mergePairCounts(...lists: readonly (readonly PairCount[])[]): PairCount[] {
  const sums = new Accumulator();
  for (const list of lists) {
    for (const row of list) {
      const forward = canonicalPair(row.a, row.b, "a");
      const sum = sums.row(forward.a, forward.b);
      addOutcome(sum, forward.outcome, row.winsA);
      addOutcome(sum, swapSides(forward.outcome), row.winsB);
      addOutcome(sum, "tie", row.ties);
      addOutcome(sum, "both_bad", row.bothBad);
    }
  }
  return sums.counts();
}

/**
 * Counts by column. `models` may name models that have no votes yet; they join the table without a pair.
 * Counts must be finite and at least 0 (fractions are allowed: weighted or expected votes).
 */
export function pairTable(counts: readonly PairCount[], models: readonly string[] = []): PairTable {
  for (const row of counts) {
    for (const value of [row.winsA, row.winsB, row.ties, row.bothBad]) {
      if (!(value >= 0 && value < Infinity))
        throw new RangeError(`impossible count ${value} for ${row.a} and ${row.b}`);
    }
  }
  const rows = mergePairCounts(counts).filter((row) => gamesOf(row) !== 0);
  const names = [...new Set([...models, ...rows.flatMap((row) => [row.a, row.b])])].sort(compareIds);
  const index = new Map(names.map((name, i) => [name, i]));
  return {
    models: names,
    a: Int32Array.from(rows, (row) => index.get(row.a)!),
    b: Int32Array.from(rows, (row) => index.get(row.b)!),
    winsA: Float64Array.from(rows, (row) => row.winsA),
    winsB: Float64Array.from(rows, (row) => row.winsB),
    ties: Float64Array.from(rows, (row) => row.ties),
    bothBad: Float64Array.from(rows, (row) => row.bothBad),
    weight: new Float64Array(rows.length).fill(1),
  };
}

/** Rows back from a table. */
export function tableCounts(table: PairTable): PairCount[] {
  return Array.from(table.a, (a, i) => ({
    a: table.models[a],
    b: table.models[table.b[i]],
    winsA: table.winsA[i],
    winsB: table.winsB[i],
    ties: table.ties[i],
    bothBad: table.bothBad[i],
  }));
}

/** Votes of each model: wins, losses, ties (both-bad among them) and both-bad alone. */
export interface Tally {
  wins: number;
  losses: number;
  ties: number;
  bothBad: number;
  games: number;
}

/** One tally a model, in the order of `table.models`. */
export function tally(table: PairTable): Tally[] {
  const sums = table.models.map((): Tally => ({ wins: 0, losses: 0, ties: 0, bothBad: 0, games: 0 }));
  for (let i = 0; i < table.a.length; i++) {
    const drawn = table.ties[i] + table.bothBad[i];
    const sides: [number, number, number][] = [
      [table.a[i], table.winsA[i], table.winsB[i]],
      [table.b[i], table.winsB[i], table.winsA[i]],
    ];
    for (const [model, wins, losses] of sides) {
      const sum = sums[model];
      sum.wins += wins;
      sum.losses += losses;
      sum.ties += drawn;
      sum.bothBad += table.bothBad[i];
      sum.games += wins + losses + drawn;
    }
  }
  return sums;
}
