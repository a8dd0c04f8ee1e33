import type { Tx } from "@/lib/db/client";
import { computingQueue } from "@/lib/queue/computing-queue";
import { enqueue } from "@/lib/queue/enqueue";
import { importKey } from "@/lib/runs/generation/enqueue-generation";

/** Before a run's embedding: people who upload look on. */
const PRIORITY = 4;

/** Queue the reading of an upload; one run's are read one after the other. */
export async function enqueueImport(uploadId: string, tx: Tx, delayMs = 0): Promise<void> {
  const { runId } = await tx.sampleUpload.findUniqueOrThrow({ where: { id: uploadId } });
  const queue = await computingQueue(runId, tx);
  await enqueue(
    "import-samples",
    { uploadId },
    { key: importKey(runId), queue, priority: PRIORITY, delayMs },
    tx,
  );
}
