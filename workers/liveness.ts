import { setTimeout as wait } from "node:timers/promises";
import postgres from "postgres";
import type { Logger } from "pino";

/**
 * A number space of our own for advisory locks of worker ids. The seed of hashtextextended: any fixed number will do,
 * but every process must use the same.
 */
export const WORKER_LOCKS = 7_301;

/** Between attempts to reach a server that is restarting. */
const RETAKE_AFTER_MS = 1_000;

export interface Liveness {
  /** Say that a worker lives, before it takes its first job. */
  announce(workerId: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Proof of life: while this process lives, its one connection holds an advisory lock for each of its workers. The
 * server frees them the moment the process is gone, even by SIGKILL, which no time-out can tell from a slow job.
 */
export function holdLiveness(databaseUrl: string, log: Logger): Liveness {
  const workers = new Set<string>();
  let closing = false;
  const sql = postgres(databaseUrl, {
    max: 1,
    // Never replaced while it works: the locks live as long as the connection.
    max_lifetime: null,
    idle_timeout: 0,
    connection: { application_name: "salon-worker-liveness" },
    onnotice: () => {},
    onclose: () => {
      if (!closing) void retake();
    },
  });
  const lock = (id: string) => sql`select pg_advisory_lock(hashtextextended(${id}, ${WORKER_LOCKS}))`;
  const retake = async () => {
    log.warn("lost the connection that proves the workers' life; taking it up again");
    while (!closing) {
      try {
        for (const id of workers) await lock(id);
        return;
      } catch {
        await wait(RETAKE_AFTER_MS);
      }
    }
  };
  return {
    async announce(workerId) {
      workers.add(workerId);
      await lock(workerId);
    },
    async close() {
      closing = true;
      await sql.end({ timeout: 1 });
    },
  };
}
