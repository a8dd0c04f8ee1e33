import { keepArtifacts, type NewArtifact } from "@/lib/artifacts/keep-artifacts";
import { putArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { inheritedStates, type NewState } from "@/lib/moderation/inherited-state";
import { newId } from "@/lib/db/new-id";
import { closeOrder } from "@/lib/runs/generation/sample-order";
import type { GenerationOutcome } from "@/lib/providers/outcome";

/** What an endpoint made and said of it, and what is kept of that (output-artifact.ts). */
type Made = Omit<Extract<GenerationOutcome, { kind: "ok" }>, "kind" | "media" | "image"> & {
  artifact: NewArtifact;
};

/** Which sample it is. runId is null for a live battle's. */
export interface SamplePlace {
  runId: string | null;
  modelId: string;
  promptId: string;
  index: number;
}

/**
 * Keep a generated image or video: first its bytes, then its rows in one transaction, so a sample always has its bytes.
 * A sample of a run that is there already stays as it is, and so does a run or model that has been removed meanwhile: nothing
 * of it comes back.
 * @param found what a check has against it
 * @returns the sample's id, or null when it was there already or is not wanted any more
 */
export async function keepSample(
  place: SamplePlace,
  made: Made,
  db: Db,
  found: NewState | null = null,
): Promise<string | null> {
  // Slow disks are waited for before the transaction, not in it.
  await putArtifact(made.artifact.bytes);
  const id = newId("sample");
  const { runId, promptId, index } = place;
  return inTransaction(async (tx) => {
    if (!(await isStillThere(place, tx))) return null;
    const [sha256] = await keepArtifacts([made.artifact], tx);
    if (runId !== null) {
      await tx.sampleFailure.deleteMany({ where: { runId, promptId, index } });
      await closeOrder({ runId, promptId, index }, tx);
    }
    const decided = (await inheritedStates([sha256], tx)).get(sha256);
    const { count } = await tx.sample.createMany({
      data: [
        {
          id,
          ...place,
          artifactHash: sha256,
          ...(decided ?? found ?? {}),
          seedRequested: made.seedSent,
          seedUsed: made.seedUsed,
          revisedPrompt: made.revisedPrompt,
          latencyMs: made.latencyMs,
          inferenceMs: made.inferenceMs,
          costUsd: made.costUsd,
        },
      ],
      skipDuplicates: true,
    });
    return count === 0 ? null : id;
  }, db);
}

/** Whether what a sample or a failure would belong to is there, held until the transaction ends: a removal waits for it. */
export async function isStillThere(
  { runId, modelId }: { runId: string | null; modelId: string },
  tx: Tx,
): Promise<boolean> {
  if (runId !== null) {
    const runs = await tx.$queryRaw<unknown[]>`select 1 from runs where id = ${runId} for key share`;
    if (runs.length === 0) return false;
  }
  const models = await tx.$queryRaw<unknown[]>`
    select 1 from models where id = ${modelId} and removed_at is null for share`;
  return models.length > 0;
}
