/** Something that was made from one version of the data, and how much room it takes. */
type Kept<T> = { version: string; made: Promise<T>; bytes: number };

/**
 * Answers that are made once for each version of the data (lib/db/data-version.ts) and kept in memory, those asked for last, up to so
 * many bytes. Who may see an answer is no business of this: ask before, or put it into the key.
 */
export class KeptAnswers<T> {
  private readonly kept = new Map<string, Kept<T>>();
  private bytes = 0;

  constructor(
    private readonly maxBytes: number,
    private readonly sizeOf: (answer: T) => number,
  ) {}

  /**
   * The answer of a key at a version; made now unless it was, or is being made. What fails is not kept.
   * @param version read before this is called
   */
  async get(key: string, version: string, make: () => Promise<T>): Promise<T> {
    const known = this.kept.get(key);
    if (known?.version === version) {
      // To the end of the queue: the first one in it is the first to go.
      this.kept.delete(key);
      this.kept.set(key, known);
      return known.made;
    }
    this.drop(key);
    const entry: Kept<T> = { version, made: make(), bytes: 0 };
    this.kept.set(key, entry);
    try {
      const answer = await entry.made;
      if (this.kept.get(key) === entry) {
        entry.bytes = this.sizeOf(answer) + 2 * key.length;
        this.bytes += entry.bytes;
        this.makeRoom();
      }
      return answer;
    } catch (error) {
      if (this.kept.get(key) === entry) this.kept.delete(key);
      throw error;
    }
  }

  private makeRoom(): void {
    for (const key of this.kept.keys()) {
      if (this.bytes <= this.maxBytes) return;
      this.drop(key);
    }
  }

  drop(key: string): void {
    this.bytes -= this.kept.get(key)?.bytes ?? 0;
    this.kept.delete(key);
  }
}
