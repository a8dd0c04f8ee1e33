import { appendFileSync, mkdirSync, renameSync, statSync } from "node:fs";
import path from "node:path";

const WARNING = 40; // pino's level
const KEPT_LINES = 20;
/** A full file is put aside as .1, what was .1 as .2, and so on; the oldest goes. */
const GENERATIONS = 3;
const MAX_BYTES = 10 * 2 ** 20;
/** After a failure the file is left alone for so long. */
const RETRY_MS = 5_000;

export type ProcessLogOptions = { maxBytes?: number; now?: () => number };

/**
 * One process's output: all of it in a file, what a person must see on the terminal. A disk that is full costs lines, never
 * the process: what was lost is counted in the file once it can be written again.
 */
export class ProcessLog {
  readonly file: string;
  private readonly recent: string[] = [];
  private readonly maxBytes: number;
  private readonly now: () => number;
  private bytes: number | null = null;
  private lost = 0;
  private retryAt = 0;

  constructor(
    private readonly name: string,
    private readonly folder: string,
    private readonly show: (line: string) => void,
    options: ProcessLogOptions = {},
  ) {
    this.file = path.join(folder, `${name}.log`);
    this.maxBytes = options.maxBytes ?? MAX_BYTES;
    this.now = options.now ?? Date.now;
  }

  add(line: string): void {
    this.keep(`${line}\n`);
    this.recent.push(line);
    if (this.recent.length > KEPT_LINES) this.recent.shift();
    const notable = notableText(line);
    if (notable !== undefined) this.show(`[${this.name}] ${notable}`);
  }

  /** The last lines, for when the process did not come up. */
  tail(): string {
    return this.recent.join("\n");
  }

  private keep(text: string): void {
    if (this.lost > 0 && this.now() < this.retryAt) {
      this.lost++;
      return;
    }
    try {
      this.write(this.lost > 0 ? `(${this.lost} lines before this one could not be written)\n${text}` : text);
      if (this.lost > 0)
        this.show(`${this.file} can be written again; ${this.lost} lines are missing in it.`);
      this.lost = 0;
    } catch (error) {
      if (this.lost === 0) {
        const reason = error instanceof Error ? error.message : String(error);
        this.show(`${this.file} cannot be written (${reason}); going on without it.`);
      }
      this.lost++;
      this.bytes = null;
      this.retryAt = this.now() + RETRY_MS;
    }
  }

  private write(text: string): void {
    if (this.bytes === null) {
      mkdirSync(this.folder, { recursive: true });
      this.bytes = statSync(this.file, { throwIfNoEntry: false })?.size ?? 0;
    }
    if (this.bytes >= this.maxBytes) {
      for (let age = GENERATIONS - 1; age >= 0; age--) this.putAside(age);
      this.bytes = 0;
    }
    appendFileSync(this.file, text);
    this.bytes += Buffer.byteLength(text);
  }

  private putAside(age: number): void {
    const from = age === 0 ? this.file : `${this.file}.${age}`;
    if (statSync(from, { throwIfNoEntry: false }) !== undefined) renameSync(from, `${this.file}.${age + 1}`);
  }
}

/** What of a line belongs on the terminal: progress of the site's build, warnings and errors; undefined for the rest. */
export function notableText(line: string): string | undefined {
  if (line.startsWith("{")) {
    try {
      const entry = JSON.parse(line) as { level?: number; msg?: string; err?: { message?: string } };
      if ((entry.level ?? 0) < WARNING) return undefined;
      return [entry.msg, entry.err?.message].filter(Boolean).join(": ");
    } catch {
      return line;
    }
  }
  if (/\b(FATAL|PANIC)\b/.test(line)) return line;
  if (/^(Building the site|The site is built)/.test(line)) return line;
  return /(^|\s)(⨯|Error\b|error:)/.test(line) ? line : undefined;
}
