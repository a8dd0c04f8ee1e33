const CHUNK = 1 << 20;

/** In a column of labels: a vote without one. */
export const ALONE = -1;

/** A column that grows by chunks, so that appending never copies what is there. */
export class Column<T extends Float64Array | Int32Array | Int16Array | Uint8Array> {
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
export class LabelNumbers {
  /** Number + 1 of the label whose place this is; 0: free. A power of two, at most half full. */
  private slots = new Int32Array(1 << 16);
  private readonly hashes = new Column((n) => new Float64Array(n));

  /** How many there are. */
  get count(): number {
    return this.hashes.length;
  }

  /** The number of the label with this hash, a whole number below 2^53; the next one where it is new. */
  of(hash: number): number {
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

/** A column's labels, each vote without one numbered as a cluster of its own from `next` on. */
export function takeLabels(column: Column<Int32Array>, next: number): Int32Array {
  const labels = column.take();
  for (let k = 0; k < labels.length; k++) if (labels[k] === ALONE) labels[k] = next++;
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
