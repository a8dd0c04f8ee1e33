import pino, { type Logger } from "pino";
import { Logger as QueueLogger } from "graphile-worker";

/** The worker's log. Whatever an object may carry under these names never reaches it. */
export function createLog(level: string): Logger {
  // pino's own writer would repeat a write to a reader that is gone for ever (sonic-boom's flushSync at the exit).
  process.stdout.on("error", () => {});
  const secret = [
    "apiKey",
    "apiKeySealed",
    "authorization",
    "credentials",
    "password",
    "secret",
    "SALON_SECRET",
  ];
  return pino(
    {
      name: "worker",
      level,
      redact: { paths: secret.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]), censor: "[secret]" },
    },
    process.stdout,
  );
}

const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

/** The queue's own messages, one level quieter than it thinks they are. */
export function queueLog(log: Logger): QueueLogger {
  return new QueueLogger(() => (level, message, meta) => {
    // It would have a connection for each slot; ours wait for HTTP and need none (run-jobs.ts).
    if (message.includes("maxPoolSize")) return;
    // A job's failure has been told already, with its job and attempt (run-jobs.ts); here it comes with its stack.
    log[meta?.failure === true ? "trace" : LEVELS[level]](message);
  });
}
