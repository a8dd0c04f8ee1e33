const WIDTH = 28;

/** A progress bar on stderr, drawn only where someone is looking; results stay alone on stdout. */
export class ProgressBar {
  private readonly started = Date.now();
  private drawn = 0;

  constructor(readonly label: string) {}

  /** Draws a share between 0 and 1, ten times a second at most. */
  update(share: number, note = ""): void {
    const now = Date.now();
    if (!process.stderr.isTTY || (now - this.drawn < 100 && share < 1)) return;
    this.drawn = now;
    const filled = Math.round(Math.min(1, share) * WIDTH);
    const seconds = (now - this.started) / 1000;
    const left = share > 0.02 && share < 1 ? ` ${Math.ceil((seconds / share) * (1 - share))} s left` : "";
    const bar = `${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}`;
    process.stderr.write(
      `\r\x1b[K${this.label} [${bar}] ${Math.floor(share * 100)}%${note && ` ${note}`}${left}`,
    );
  }

  /** Takes the bar away. */
  end(): void {
    if (process.stderr.isTTY) process.stderr.write("\r\x1b[K");
  }
}
