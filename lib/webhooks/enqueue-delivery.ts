import type { Tx } from "@/lib/db/client";
import { enqueue } from "@/lib/queue/enqueue";
import { shareQueue } from "@/lib/queue/share-queue";

/** Deliveries of one owner that are made at a time, over all workers, however many webhooks the owner has. */
const AT_A_TIME = 2;

/** Every delivery's job carries this key, by which one without a job is found. */
export const deliveryKey = (deliveryId: string) => `webhook:${deliveryId}`;

/** Queue the next attempt at a delivery. */
export function enqueueDelivery(
  delivery: { id: string; webhook: { id: string; ownerId: string | null; addressHash: string | null } },
  delayMs: number,
  tx: Tx,
): Promise<void> {
  const { id, webhook } = delivery;
  const queue = shareQueue("webhook", webhook, webhook.id, { turn: 0, width: 1, share: AT_A_TIME });
  return enqueue("deliver-webhook", { deliveryId: id }, { key: deliveryKey(id), queue, delayMs }, tx);
}
