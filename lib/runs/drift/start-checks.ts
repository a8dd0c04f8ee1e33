import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { enqueueCheck } from "@/lib/runs/drift/enqueue-check";
import { drawsOf } from "@/lib/runs/drift/read-drift";

/** A look that has not ended by then never will. */
export const LONGEST_CHECK_MS = 86_400_000;
const BATCH = 20;

/**
 * Begin the looks that are due, and give up those that never ended. A look and its job are there together or not at all; any number of
 * workers may ask at once.
 * @param now milliseconds since 1970
 */
export async function startChecks(db: Db, now: number): Promise<number> {
  await db.driftCheck.updateMany({
    where: { verdict: null, createdAt: { lt: new Date(now - LONGEST_CHECK_MS) } },
    data: { verdict: "unknown", finishedAt: new Date(now) },
  });
  return inTransaction(async (tx) => {
    const due = await tx.$queryRaw<{ id: string }[]>`
      select e.id from endpoints e join models m on m.id = e.model_id
      where e.drift_days is not null and m.listed and m.hidden_at is null and m.removed_at is null
        and not exists (
          select from drift_checks d where d.endpoint_id = e.id
            and (d.verdict is null or d.created_at > ${new Date(now)}::timestamptz - make_interval(days => e.drift_days)))
      order by e.id limit ${BATCH} for update of e skip locked`;
    for (const { id } of due) await startCheck(id, tx);
    return due.length;
  }, db);
}

/** Begin a look at a model's endpoint, whose row is locked. */
async function startCheck(endpointId: string, tx: Tx): Promise<void> {
  const endpoint = await tx.endpoint.findUniqueOrThrow({
    where: { id: endpointId },
    include: { model: true },
  });
  const promptSetId = await promptSetOf(endpoint.modelId, tx);
  if (promptSetId === null) return;
  const { version, model } = endpoint;
  const seeded = (await drawsOf(model, tx)) === 1;
  const id = newId("driftCheck");
  await tx.driftCheck.create({ data: { id, endpointId, version, promptSetId, seeded } });
  await enqueueCheck(id, endpoint, 0, tx);
}

/** The prompts of the oldest board that a model stands on; of one on none those of its newest run. */
async function promptSetOf(modelId: string, tx: Tx): Promise<string | null> {
  const standing = await tx.board.findFirst({
    where: { members: { some: { modelId, state: "MEMBER" } } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  if (standing !== null) return standing.promptSetId;
  const run = await tx.run.findFirst({ where: { modelId }, orderBy: { id: "desc" } });
  return run?.promptSetId ?? null;
}
