import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { enqueueGeneration } from "@/lib/runs/enqueue-generation";

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
  },
  tx: Tx,
): Promise<string> {
  const run = await tx.run.create({ data: { id: newId("run"), ...wanted } });
  await enqueueGeneration(run.id, tx);
  return run.id;
}
