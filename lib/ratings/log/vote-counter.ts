import { ALONE, Column, hash53, LabelNumbers, takeLabels } from "@/lib/ratings/log/label-numbers";
import type { ClusteredVotes } from "@/lib/ratings/meat";
import { OUTCOMES } from "@/lib/ratings/outcome";
import { compareIds, pairTable } from "@/lib/ratings/pair-counts";
import type { PairCount, PairTable, PairVote } from "@/lib/ratings/pair-counts";
import type { ClusterLabel } from "@/lib/ratings/log/vote-columns";

/** The covariance of the strengths takes 8 bytes a pair and its inverse n^3 operations: beyond, minutes and gigabytes. */
const MAX_MODELS = 3_000;

/**
 * Counts a log of any length in bounded memory: the counts alone, unless cluster labels are asked for, and then
 * 5 bytes a vote and 4 more for each label, and what {@link LabelNumbers} takes for each different one.
 */
export class VoteCounter {
  private readonly names = new Map<string, number>();
  private readonly pairs = new Map<number, number>();
  private readonly rows: PairCount[] = [];
  private readonly pair = new Column((n) => new Int32Array(n));
  private readonly outcome = new Column((n) => new Uint8Array(n));
  private numbers: LabelNumbers[];
  private readonly clusters: Column<Int32Array>[];
  votes = 0;

  constructor(private readonly labels: readonly ClusterLabel[] = []) {
    this.numbers = labels.map(() => new LabelNumbers());
    this.clusters = labels.map(() => new Column((n) => new Int32Array(n)));
  }

  add(vote: PairVote): void {
    this.votes++;
    const swapped = vote.a > vote.b;
    const row = this.rowOf(swapped ? vote.b : vote.a, swapped ? vote.a : vote.b);
    let code = OUTCOMES.indexOf(vote.outcome);
    if (swapped && code < 2) code = 1 - code;
    const count = this.rows[row];
    if (code === 0) count.winsA++;
    else if (code === 1) count.winsB++;
    else if (code === 2) count.ties++;
    else count.bothBad++;
    if (this.labels.length === 0) return;
    this.pair.push(row);
    this.outcome.push(code);
    this.labels.forEach((label, k) => {
      const name = vote[label];
      this.clusters[k].push(name === undefined ? ALONE : this.numbers[k].of(hash53(name)));
    });
  }

  /** The table and, where labels were asked for, the votes by column. The counter is empty afterwards. */
  finish(): { table: PairTable; counts: PairCount[]; votes?: ClusteredVotes } {
    const counts = [...this.rows].sort((x, y) => compareIds(x.a, y.a) || compareIds(x.b, y.b));
    const table = pairTable(counts);
    if (this.labels.length === 0) return { table, counts };
    const place = new Map(counts.map((row, i) => [row, i]));
    const rowOf = Int32Array.from(this.rows, (row) => place.get(row)!);
    const pair = this.pair.take();
    for (let k = 0; k < pair.length; k++) pair[k] = rowOf[pair[k]];
    const outcome = this.outcome.take();
    const counted = this.numbers.map((numbers) => numbers.count);
    this.numbers = [];
    const clusters = this.clusters.map((column, k) => takeLabels(column, counted[k]));
    return { table, counts, votes: { pair, outcome, clusters } };
  }

  private rowOf(a: string, b: string): number {
    const key = this.idOf(a) * 0x2000000 + this.idOf(b);
    let row = this.pairs.get(key);
    if (row === undefined) {
      row = this.rows.length;
      this.pairs.set(key, row);
      this.rows.push({ a: ownCopy(a), b: ownCopy(b), winsA: 0, winsB: 0, ties: 0, bothBad: 0 });
    }
    return row;
  }

  private idOf(name: string): number {
    let id = this.names.get(name);
    if (id === undefined) {
      id = this.names.size;
      if (id === MAX_MODELS)
        throw new RangeError(`more than ${MAX_MODELS} models: is this the column of their names?`);
      this.names.set(ownCopy(name), id);
    }
    return id;
  }
}

/** A slice of a text keeps the whole text alive; this does not. */
function ownCopy(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}
