import type { Tx } from "@/lib/db/client";
import type { Endpoint, Model } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import { enqueue } from "@/lib/queue/enqueue";
import { shareQueue } from "@/lib/queue/share-queue";

/** After what people wait for, beside the first prompts of runs. */
const PRIORITY = 10;

/** Queue a look at an endpoint, or what is left of it, in one of its submitter's queues, so that it is sent no more requests at once. */
export async function enqueueCheck(
  checkId: string,
  endpoint: Endpoint & { model: Model },
  delayMs: number,
  tx: Tx,
): Promise<void> {
  const { id, concurrency, model } = endpoint;
  const turns = { turn: 0, width: concurrency, share: env().REQUESTS_PER_SUBMITTER };
  const queue = shareQueue("generate", { ...model, ownerId: model.submitterId }, id, turns);
  await enqueue(
    "check-drift",
    { checkId },
    { key: `drift:${checkId}`, queue, priority: PRIORITY, delayMs },
    tx,
  );
}
