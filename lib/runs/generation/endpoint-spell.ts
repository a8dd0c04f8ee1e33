import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import type { FailureKind } from "@/lib/providers/outcome";
import { tellEndpoint } from "@/lib/webhooks/tell-endpoint";

/**
 * Spells in which a run's endpoint keeps failing. One begins with the third order in a row that failed, each after its own retries,
 * and ends with the first image, or when the run orders no more. Who wants to know is told of its begin and its end.
 */

/** Failed orders in a row that make a spell. */
const SPELL = 3;

/** Whether a failed order says that the endpoint does not work. One that refuses a prompt, is asked too fast, or is not up or paid for yet, may well. */
export const isEndpointsFault = (kind: FailureKind): boolean =>
  kind === "invalid" || kind === "timeout" || kind === "transient";

/** Count an order that the endpoint failed. */
export function noteFailure(runId: string, message: string, db: Db): Promise<void> {
  return inTransaction(async (tx) => {
    const [run] = await tx.$queryRaw<{ failures: number; since: Date | null }[]>`
      update runs set endpoint_failures = endpoint_failures + 1
      where id = ${runId} and state in ('QUEUED', 'GENERATING')
      returning endpoint_failures as failures, endpoint_failing_since as since`;
    if (run === undefined || run.since !== null || run.failures < SPELL) return;
    const since = new Date();
    await tx.run.update({ where: { id: runId }, data: { endpointFailingSince: since } });
    await tellEndpoint({ runId, status: "failing", since, failures: run.failures, message }, tx);
  }, db);
}

/** The endpoint gave an image: what failed before is over. Of an endpoint that works it costs one look. */
export async function noteSuccess(runId: string, db: Db): Promise<void> {
  const failing = await db.run.count({
    where: { id: runId, OR: [{ endpointFailures: { gt: 0 } }, { waitingSince: { not: null } }] },
  });
  if (failing === 0) return;
  await inTransaction(async (tx) => {
    await closeSpell(runId, "recovered", tx);
    await tx.run.update({ where: { id: runId }, data: { waitingSince: null } });
  }, db);
}

/** The run orders no more. */
export const endSpell = (runId: string, tx: Tx): Promise<void> => closeSpell(runId, "ended", tx);

async function closeSpell(runId: string, status: "recovered" | "ended", tx: Tx): Promise<void> {
  const [run] = await tx.$queryRaw<{ failures: number; since: Date | null }[]>`
    select endpoint_failures as failures, endpoint_failing_since as since from runs
    where id = ${runId} and endpoint_failures > 0 for no key update`;
  if (run === undefined) return;
  await tx.run.update({ where: { id: runId }, data: { endpointFailures: 0, endpointFailingSince: null } });
  const { failures, since } = run;
  if (since !== null) await tellEndpoint({ runId, status, since, failures, message: null }, tx);
}
