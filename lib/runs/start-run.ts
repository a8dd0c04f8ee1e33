import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { enqueueStage } from "@/lib/runs/enqueue-stage";
import { reuseSamples } from "@/lib/runs/reuse-samples";

/**
 * Start a run of a model that has an endpoint: its row and its first jobs.
 * @param wanted.weights sha256 of the weights that will draw, where they are known
 */
export async function startRun(
  wanted: {
    modelId: string;
    promptSetId: string;
    promptCount: number;
    listsModel: boolean;
    weights?: string;
    samplesPerPrompt?: number;
    /** What tells it from other runs of the model. */
    label?: string | null;
  },
  tx: Tx,
): Promise<string> {
  const run = await tx.run.create({ data: { id: newId("run"), ...wanted } });
  await reuseSamples(run, tx);
  await enqueueStage(run.id, "QUEUED", tx);
  return run.id;
}
