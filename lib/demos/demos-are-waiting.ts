import type { Tx } from "@/lib/db/client";

/** Whether a job still has to generate what /stack shows. */
export async function demosAreWaiting(tx: Tx): Promise<boolean> {
  const [{ waiting }] = await tx.$queryRaw<[{ waiting: boolean }]>`
    select exists (select from graphile_worker.jobs j
      where j.key = 'draw-demos' and (j.attempts < j.max_attempts or j.locked_at is not null)) as waiting`;
  return waiting;
}
