import type { ClusteredVotes } from "./meat";
import { OUTCOMES } from "./outcome";
import { compareIds, pairTable } from "./pair-counts";
import type { PairCount, PairTable, PairVote } from "./pair-counts";
import type { ClusterLabel } from "./vote-columns";

const CHUNK = 1 << 20;

/** A vote without a label: it will be a cluster of its own. */
const ALONE = -1;

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
 * Labels numbered from 0 as they come, an open-addressing table over typed arrays. A label is known by its 53-bit hash:
 * among 10 million different ones the chance of any collision is 1 in 180. 8 bytes for each different label, and 8 to 16
 * for the slots that find it.
 */
class LabelNumbers {
  /** Number + 1 of the label whose place this is; 0: free. A power of two, at most half full. */
  private slots = new Int32Array(1 << 16);
  private readonly hashes = new Column((n) => new Float64Array(n));

  /** How many there are. */
  get count(): number {
    return this.hashes.length;
  }

  /** The number of a label; the next one where it is new. */
  of(label: string): number {
    const hash = hash53(label);
    const slot = this.find(hash);
    if (this.slots[slot] > 0) return this.slots[slot] - 1;
    this.slots[slot] = this.hashes.length + 1;
    this.hashes.push(hash);
    if (2 * this.hashes.length > this.slots.length) this.grow();
    return this.hashes.length - 1;
  }

  /** The slot of a hash, or the free one where it belongs: the low bits say where to look first. */
  private find(hash: number): number {
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    while (this.slots[slot] > 0 && this.hashes.at(this.slots[slot] - 1) !== hash) slot = (slot + 1) & mask;
    return slot;
  }

  private grow(): void {
    this.slots = new Int32Array(2 * this.slots.length);
    for (let k = 0; k < this.hashes.length; k++) {
      this.slots[this.find(this.hashes.at(k))] = k + 1;
    }
  }
}

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
      this.clusters[k].push(name === undefined ? ALONE : this.numbers[k].of(name));
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
    const next = this.numbers.map((numbers) => numbers.count);
    this.numbers = [];
    const clusters = this.clusters.map((column, k) => {
      const numbers = column.take();
      for (let v = 0; v < numbers.length; v++) if (numbers[v] === ALONE) numbers[v] = next[k]++;
      return numbers;
    });
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
      this.names.set(ownCopy(name), id);
    }
    return id;
  }
}

/** A slice of a text keeps the whole text alive; this does not. */
function ownCopy(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
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
