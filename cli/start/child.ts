import { spawn, type ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { setPriority } from "node:os";
import { ROOT } from "../root";

export type ChildOptions = {
  /** Arguments of the salon command: ["worker"]. */
  args: string[];
  /** It gives way to the site, and to the site's build, where both want a core. */
  isBackground?: boolean;
  /** One line of output at a time. */
  onLine: (line: string) => void;
  /** Called before each restart with the wait in milliseconds. */
  onCrash?: (reason: string, waitMs: number) => void;
};

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;
/** Of background processes, as nice(1) counts: about a tenth of a core that somebody else wants too. */
const NICENESS = 10;
/** A child that lived this long counts as healthy: its next crash waits from the start again. */
const HEALTHY_MS = 60_000;

/** One supervised process: restarted with growing waits when it crashes, stopped with all its own children. */
export class Child {
  private process?: ChildProcess;
  private stopping = false;
  private waitMs = FIRST_WAIT_MS;
  private timer?: NodeJS.Timeout;

  constructor(private readonly options: ChildOptions) {}

  /** Start, and resolve with the child's first IPC message "ready"; reject when it ends before. */
  start(): Promise<void> {
    const startedAt = Date.now();
    // A group of its own: the terminal's Ctrl-C reaches the supervisor alone, which then stops things in order.
    const child = spawn(process.execPath, ["bin/salon.mjs", ...this.options.args], {
      cwd: ROOT,
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.process = child;
    if (this.options.isBackground && child.pid !== undefined) giveWay(child.pid);
    readLines(child.stdout, this.options.onLine);
    readLines(child.stderr, this.options.onLine);
    return new Promise((resolve, reject) => {
      let ready = false;
      child.on("message", (message) => {
        if (message !== "ready") return;
        ready = true;
        resolve();
      });
      child.on("exit", (code, signal) => {
        const reason = signal === null ? `exit code ${code}` : `signal ${signal}`;
        if (this.stopping) return reject(new Error("stopped"));
        endGroup(child);
        if (!ready && this.waitMs === FIRST_WAIT_MS) return reject(new Error(reason));
        if (Date.now() - startedAt > HEALTHY_MS) this.waitMs = FIRST_WAIT_MS;
        this.options.onCrash?.(reason, this.waitMs);
        this.timer = setTimeout(() => void this.start().catch(() => {}), this.waitMs);
        this.waitMs = Math.min(this.waitMs * 2, LONGEST_WAIT_MS);
      });
    });
  }

  /** Ask it to stop, and end whatever of it is left after graceMs. */
  async stop(graceMs: number): Promise<void> {
    this.stopping = true;
    clearTimeout(this.timer);
    const child = this.process;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    const late = setTimeout(() => endGroup(child), graceMs);
    await gone;
    clearTimeout(late);
    endGroup(child);
  }
}

/**
 * Lower a new process's priority; the threads and processes that it starts inherit it. Linux shares cores between sessions first
 * (sched(7), autogroup), where a process's own priority counts for nothing: this one's session gets the same.
 */
function giveWay(pid: number): void {
  for (const lower of [
    () => setPriority(pid, NICENESS),
    () => writeFileSync(`/proc/${pid}/autogroup`, String(NICENESS)),
  ])
    try {
      lower();
    } catch {
      // it has ended already, or the system has no such thing
    }
}

/** End what is left of a child's process group: a grandchild would go on holding its port. */
function endGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // nothing is left of it
  }
}

function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => void): void {
  let rest = "";
  stream?.setEncoding("utf8");
  stream?.on("data", (chunk: string) => {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.trim() !== "") onLine(line);
  });
}
