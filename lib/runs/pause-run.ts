import { inTransaction, type Db } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { endSpell } from "@/lib/runs/generation/endpoint-spell";
import { lockRun } from "@/lib/runs/lock-run";
import type { RunPause } from "@/lib/schemas/runs";
import { tellRunPaused } from "@/lib/webhooks/tell-run-paused";

/**
 * Stop a run until a person lets it go on, with what it has made: no order is given up. One that has moved on meanwhile is left alone.
 * @param said what the endpoint said; null: it was not asked
 */
export function pauseRun(runId: string, pausedFor: RunPause, said: string | null, db: Db): Promise<void> {
  return inTransaction(async (tx) => {
    const run = await lockRun(runId, tx);
    if (run.state !== "QUEUED" && run.state !== "GENERATING") return;
    await tx.run.update({
      where: { id: runId },
      data: {
        state: "PAUSED",
        pausedFor,
        failureReason: said === null ? Prisma.DbNull : { code: "endpoint_said", said },
        waitingSince: null,
      },
    });
    await endSpell(runId, tx);
    await tellRunPaused({ runId, status: "paused", pausedFor, message: said }, tx);
  }, db);
}

/** Count the time in which an endpoint turns orders away. @returns milliseconds since it began to */
export async function noteWaiting(runId: string, db: Db): Promise<number> {
  const [run] = await db.$queryRaw<{ waited: number }[]>`
    update runs set waiting_since = coalesce(waiting_since, now()) where id = ${runId}
    returning (extract(epoch from now() - waiting_since) * 1000)::float8 as waited`;
  return run?.waited ?? 0;
}
