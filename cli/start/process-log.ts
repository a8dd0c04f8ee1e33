import { appendFileSync, mkdirSync } from "node:fs";
import path from "node:path";

const WARNING = 40; // pino's level
const KEPT_LINES = 20;

/** One process's output: all of it in a file, what a person must see on the terminal. */
export class ProcessLog {
  readonly file: string;
  private readonly recent: string[] = [];

  constructor(
    private readonly name: string,
    folder: string,
    private readonly show: (line: string) => void,
  ) {
    mkdirSync(folder, { recursive: true });
    this.file = path.join(folder, `${name}.log`);
  }

  add(line: string): void {
    appendFileSync(this.file, `${line}\n`);
    this.recent.push(line);
    if (this.recent.length > KEPT_LINES) this.recent.shift();
    const notable = notableText(line);
    if (notable !== undefined) this.show(`[${this.name}] ${notable}`);
  }

  /** The last lines, for when the process did not come up. */
  tail(): string {
    return this.recent.join("\n");
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
