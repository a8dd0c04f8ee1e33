import { z } from "zod";
import type { Db } from "@/lib/db/client";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { cancelOrder } from "@/lib/providers/cancel-order";
import type { ModelEndpoint } from "@/lib/providers/outcome";
import { orderTask } from "@/lib/schemas/formats/order-task";

const storedJob = z.record(z.string(), z.string());

/**
 * Tell the provider that what it still has of a cancelled run's prompts [from, to) is not wanted any more, as far as it can be told.
 * Other states keep their orders: they are asked after when the run goes on.
 */
export async function takeBackOrders(
  { runId, from, to }: { runId: string; from: number; to: number },
  endpoint: ModelEndpoint,
  { db, client, signal }: { db: Db; client: GuardedClient; signal: AbortSignal },
): Promise<void> {
  const waiting = { runId, submittedAt: { not: null }, prompt: { index: { gte: from, lt: to } } };
  const orders = await db.sampleOrder.findMany({
    where: { ...waiting, run: { state: "CANCELLED" } },
    include: {
      run: { select: { model: { select: { modality: true } } } },
      prompt: { select: { sourceArtifacts: true } },
    },
  });
  for (const { job, promptId, index, run, prompt } of orders) {
    const task = orderTask(run.model.modality, prompt.sourceArtifacts.length);
    await cancelOrder(endpoint, { job: storedJob.parse(job), task }, client, signal);
    await db.sampleOrder.deleteMany({ where: { runId, promptId, index } });
  }
}
