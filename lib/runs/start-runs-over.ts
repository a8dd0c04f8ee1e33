import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { useQuota } from "@/lib/quotas/use-quota";
import type { Holder } from "@/lib/queue/holder";
import { requireRoom } from "@/lib/runs/require-room";
import { startRun } from "@/lib/runs/start-run";

/** A run over each prompt set; the first is the one that is told of. */
export interface StartedRuns {
  runId: string;
  runIds: string[];
}

type Wanted = Omit<Parameters<typeof startRun>[0], "promptSetId" | "promptCount"> & {
  /** Of the first set at most so many as it has; of a smaller further one all. Not given: all of each. */
  promptCount?: number;
};

/**
 * Start a run over each of these prompt sets, all or none.
 * @throws SalonError invalid_request for more prompts than the first has; conflict when the holder has enough runs that go on;
 *   rate_limited when a quota is used up
 */
export async function startRunsOver(
  promptSetIds: readonly string[],
  { promptCount: wanted, ...run }: Wanted,
  holder: Holder,
  tx: Tx,
): Promise<StartedRuns> {
  const runIds: string[] = [];
  for (const promptSetId of promptSetIds) {
    await requireRoom("runs", holder, tx);
    const prompts = await tx.prompt.count({ where: { promptSetId } });
    const isFirst = runIds.length === 0;
    if (prompts === 0 || (isFirst && (wanted ?? 0) > prompts)) {
      throw new SalonError("invalid_request", `There are ${prompts} prompts; ask for at most so many.`, {
        field: "promptCount",
      });
    }
    const promptCount = Math.min(wanted ?? prompts, prompts);
    await useQuota({ quota: "runs", amount: 1, by: holder }, tx);
    await useQuota({ quota: "samples", amount: promptCount * (run.samplesPerPrompt ?? 1), by: holder }, tx);
    runIds.push(await startRun({ ...run, promptSetId, promptCount }, tx));
  }
  return { runId: runIds[0], runIds };
}
