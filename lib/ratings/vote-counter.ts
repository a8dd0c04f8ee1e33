import type { ClusteredVotes } from "./meat";
import { OUTCOMES } from "./outcome";
import { compareIds, pairTable } from "./pair-counts";
import type { PairCount, PairTable, PairVote } from "./pair-counts";
import type { ClusterLabel } from "./vote-columns";

const CHUNK = 1 << 20;

/** A column that grows by chunks, so that appending never copies what is there. */
class Column<T extends Float64Array | Int32Array | Uint8Array> {
  private chunks: T[] = [];
  length = 0;

  constructor(private readonly make: (length: number) => T) {}

  push(value: number): void {
    const at = this.length % CHUNK;
    if (at === 0) this.chunks.push(this.make(CHUNK));
    this.chunks[this.chunks.length - 1][at] = value;
    this.length++;
  }

  at(index: number): number {
    return this.chunks[Math.floor(index / CHUNK)][index % CHUNK];
  }

  /** All values as one array; the chunks are let go as they are copied. */
  take(): T {
    const all = this.make(this.length);
    for (let k = 0; this.chunks.length > 0; k++) {
      const chunk = this.chunks.shift()!;
      all.set(chunk.subarray(0, Math.min(CHUNK, this.length - k * CHUNK)), k * CHUNK);
    }
    return all;
  }
}

/**
 * Counts a log of any length in bounded memory: the counts alone, unless cluster labels are asked for, and then
 * 5 bytes a vote and 8 more for each label (10 million votes by voter and prompt: 210 MB). A label is kept as a
 * 53-bit hash: among 10 million different ones the chance of any collision is 1 in 180.
 */
export class VoteCounter {
  private readonly names = new Map<string, number>();
  private readonly pairs = new Map<number, number>();
  private readonly rows: PairCount[] = [];
  private readonly pair = new Column((n) => new Int32Array(n));
  private readonly outcome = new Column((n) => new Uint8Array(n));
  private readonly hashes: Column<Float64Array>[];
  votes = 0;

  constructor(private readonly labels: readonly ClusterLabel[] = []) {
    this.hashes = labels.map(() => new Column((n) => new Float64Array(n)));
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
      // A vote without a label is a cluster of its own; negative numbers are no hash.
      this.hashes[k].push(name === undefined ? -this.votes : hash53(name));
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
    const clusters: Int32Array[] = [];
    const sorted = new Float64Array(pair.length);
    for (let column = this.hashes.shift(); column !== undefined; column = this.hashes.shift()) {
      clusters.push(denseLabels(column, sorted));
    }
    return {
      table,
      counts,
      votes: { pair, outcome, clusters },
    };
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
      this.names.set(ownCopy(name), id);
    }
    return id;
  }
}

/** A slice of a text keeps the whole text alive; this does not. */
function ownCopy(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

/**
 * Labels numbered densely from 0, by sorted hash; `sorted` is room to work in. Plain loops: TypedArray.from with a function first gathers every
 * value as an object, which took 400 MB more at 10 million votes.
 */
function denseLabels(hashes: Column<Float64Array>, sorted: Float64Array): Int32Array {
  for (let k = 0; k < sorted.length; k++) sorted[k] = hashes.at(k);
  sorted.sort();
  let count = 0;
  for (let k = 0; k < sorted.length; k++) {
    if (k === 0 || sorted[k] !== sorted[k - 1]) sorted[count++] = sorted[k];
  }
  const labels = new Int32Array(hashes.length);
  for (let k = 0; k < labels.length; k++) {
    const hash = hashes.at(k);
    let low = 0;
    for (let high = count - 1; low < high;) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < hash) low = middle + 1;
      else high = middle;
    }
    labels[k] = low;
  }
  return labels;
}

/** A 53-bit string hash (two multiplicative 32-bit lanes, finished as in MurmurHash3). Not for secrets. */
export function hash53(text: string): number {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ code, 2654435761);
    h2 = Math.imul(h2 ^ code, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return 4294967296 * (2097151 & h2) + (h1 >>> 0);
}
