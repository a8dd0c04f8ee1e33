import { spawn } from "node:child_process";

export interface WorkerProcess {
  /** No goodbye: what a power cut, the out-of-memory killer or an operator's kill -9 does. */
  kill(): Promise<void>;
  /** What it exits with when its supervisor, which holds its IPC channel, is gone. */
  abandon(): Promise<number | null>;
  /** What SIGTERM makes it answer with. */
  stop(): Promise<number | null>;
  /** Resolves once its log has had these words. */
  said(words: string): Promise<void>;
}

/** A worker process as an operator starts it: workers/main.ts with an environment of its own. */
export function spawnWorker(environment: Record<string, string>): WorkerProcess {
  const child = spawn(process.execPath, ["--import", "tsx", "workers/main.ts"], {
    env: { PATH: process.env.PATH, NODE_ENV: "test", LOG_LEVEL: "warn", ...environment },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  let log = "";
  const waiting = new Map<string, () => void>();
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    process.stdout.write(text);
    log += text;
    for (const [words, resolve] of waiting) if (log.includes(words)) resolve();
  });
  const gone = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return {
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    abandon() {
      child.disconnect();
      return gone;
    },
    said: (words) =>
      new Promise((resolve) => {
        if (log.includes(words)) resolve();
        else waiting.set(words, resolve);
      }),
    stop() {
      child.kill("SIGTERM");
      return gone;
    },
  };
}
