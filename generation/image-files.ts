import { randomBytes } from "node:crypto";

export interface ImageFile {
  bytes: Buffer;
  contentType: string;
}

/** Images handed out by URL: kept in memory, each for a limited time, the oldest dropped when they grow too many. */
export class ImageFiles {
  private readonly files = new Map<string, ImageFile & { expires: number }>();
  private total = 0;

  constructor(
    private readonly limits = { bytes: 64 * 2 ** 20, lifetimeMs: 60 * 60 * 1000 },
    private readonly now: () => number = Date.now,
  ) {}

  /** Keep a file; its id cannot be guessed (144 random bits). */
  put(file: ImageFile): string {
    this.dropExpired();
    const id = randomBytes(18).toString("base64url");
    this.files.set(id, { ...file, expires: this.now() + this.limits.lifetimeMs });
    this.total += file.bytes.length;
    while (this.total > this.limits.bytes) this.drop(this.files.keys().next().value!);
    return id;
  }

  /** The file, unless it has expired, was dropped or never was. */
  get(id: string): ImageFile | undefined {
    this.dropExpired();
    return this.files.get(id);
  }

  private drop(id: string): void {
    this.total -= this.files.get(id)!.bytes.length;
    this.files.delete(id);
  }

  /** All files live equally long, so the map's order is the order of expiry. */
  private dropExpired(): void {
    for (const [id, { expires }] of this.files) {
      if (expires > this.now()) return;
      this.drop(id);
    }
  }
}
