import type { Tx } from "@/lib/db/client";

/** States in which an upload is not over. */
export const OPEN_UPLOAD = ["RECEIVING", "READING"] as const;

/** Whether samples of a run are being uploaded, or are here and being read. */
export async function hasOpenUpload(runId: string, tx: Tx): Promise<boolean> {
  return (await tx.sampleUpload.count({ where: { runId, state: { in: [...OPEN_UPLOAD] } } })) > 0;
}
