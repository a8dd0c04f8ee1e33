import type { Tx } from "@/lib/db/client";
import type { Run } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { mayChangeModel, maySee, type Visitor } from "@/lib/models/visibility";

/**
 * A run's row, locked until the transaction ends: whatever is counted afterwards cannot be counted by another.
 * @throws SalonError not_found
 */
export async function lockRun(runId: string, tx: Tx): Promise<Run> {
  await tx.$queryRaw`select id from runs where id = ${runId} for update`;
  const run = await tx.run.findUnique({ where: { id: runId } });
  if (run === null) throw new SalonError("not_found", "There is no such run.");
  return run;
}

/**
 * The same, if it belongs to who asks, or they manage the site.
 * @throws SalonError not_found; forbidden when another visitor submitted it
 */
export async function lockOwnRun(runId: string, by: Visitor, tx: Tx): Promise<Run> {
  const run = await lockRun(runId, tx);
  await refuseOthers(run, by, tx);
  return run;
}

/** The same without a lock, for who only reads. @throws SalonError not_found, forbidden */
export async function requireOwnRun(runId: string, by: Visitor, tx: Tx): Promise<Run> {
  const run = await tx.run.findUnique({ where: { id: runId } });
  if (run === null) throw new SalonError("not_found", "There is no such run.");
  await refuseOthers(run, by, tx);
  return run;
}

async function refuseOthers(run: Run, by: Visitor, tx: Tx): Promise<void> {
  const model = await tx.model.findUniqueOrThrow({ where: { id: run.modelId } });
  if (!mayChangeModel(model, by)) {
    // A private run does not even exist for others.
    if (!maySee(model, by)) throw new SalonError("not_found", "There is no such run.");
    throw new SalonError("forbidden", "Only the visitor who submitted a model may control its runs.");
  }
}
