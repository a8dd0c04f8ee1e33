import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { lockModel } from "@/lib/models/lock-model";
import type { Asker } from "@/lib/models/visibility";
import { enqueue } from "@/lib/queue/enqueue";
import { shareQueue } from "@/lib/queue/share-queue";

/** Before the generation of runs: somebody looks at the page. */
const PRIORITY = 5;

/**
 * Have a worker test the endpoint of a model that is there: its key is opened there alone. One that waits already is not doubled.
 * @throws SalonError not_found, forbidden; conflict for a model without an endpoint
 */
export function requestTest(
  { slug, by }: { slug: string; by: Asker },
  tx?: Tx,
): Promise<{ modelId: string }> {
  return atomically(tx, async (tx) => {
    const model = await lockModel({ slug, by }, tx);
    const endpoint = await tx.endpoint.findUnique({ where: { modelId: model.id } });
    if (endpoint === null) throw new SalonError("conflict", `${model.name} has no endpoint to be tested.`);
    const turns = { turn: 0, width: endpoint.concurrency, share: env().REQUESTS_PER_SUBMITTER };
    const queue = shareQueue("generate", { ...model, ownerId: model.submitterId }, endpoint.id, turns);
    const key = `test-endpoint:${endpoint.id}`;
    await enqueue("test-endpoint", { modelId: model.id }, { key, queue, priority: PRIORITY }, tx);
    return { modelId: model.id };
  });
}
