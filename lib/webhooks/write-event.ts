import type { Tx } from "@/lib/db/client";
import type { Webhook, WebhookDelivery } from "@/lib/db/generated/client";
import type { WebhookEvent } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import type { WebhookDeliveryView } from "@/lib/schemas/webhooks";
import { enqueueDelivery } from "@/lib/webhooks/enqueue-delivery";

/** So many events of one webhook wait at most: a receiver that is down while ratings move would fill the outbox. */
export const MOST_WAITING = 100;

/** An event's name as it is sent: "run.finished". */
export const eventName = (event: WebhookEvent) => event.replace("_", ".") as WebhookDeliveryView["event"];

/**
 * Write an event into a webhook's outbox, in the transaction of what it tells of, so that it is sent if and only if that happened.
 * With too many waiting it is left out, and counted.
 * @param data as it is sent
 * @returns null when it was left out
 */
export async function writeEvent(
  webhook: Webhook & { waiting: number },
  event: WebhookEvent,
  data: object,
  tx: Tx,
): Promise<WebhookDelivery | null> {
  if (webhook.waiting >= MOST_WAITING) {
    await tx.webhook.update({ where: { id: webhook.id }, data: { dropped: { increment: 1 } } });
    return null;
  }
  const now = new Date();
  const body = JSON.stringify({ type: eventName(event), timestamp: now.toISOString(), data });
  const delivery = await tx.webhookDelivery.create({
    data: { id: newId("webhookDelivery"), webhookId: webhook.id, event, body, nextAttemptAt: now },
  });
  await enqueueDelivery({ id: delivery.id, webhook }, 0, tx);
  return delivery;
}
