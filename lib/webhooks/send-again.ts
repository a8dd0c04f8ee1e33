import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import type { Asker } from "@/lib/models/visibility";
import type { WebhookDeliveryView } from "@/lib/schemas/webhooks";
import { enqueueDelivery } from "@/lib/webhooks/enqueue-delivery";
import { requireWebhook } from "@/lib/webhooks/require-webhook";
import { deliveryView } from "@/lib/webhooks/webhook-view";
import { writeEvent } from "@/lib/webhooks/write-event";

/**
 * Send an event that says nothing but that it arrives. It is tried once, also by a webhook that was switched off, which is on again
 * when it arrives.
 * @throws SalonError not_found; conflict while too many deliveries wait
 */
export function sendTestEvent(ask: { id: string; by: Asker }, tx?: Tx): Promise<WebhookDeliveryView> {
  return atomically(tx, async (tx) => {
    const webhook = await requireWebhook(ask, tx);
    const waiting = await tx.webhookDelivery.count({ where: { webhookId: webhook.id, state: "PENDING" } });
    const data = { webhook: webhook.id, message: "Salon's events arrive here." };
    const delivery = await writeEvent({ ...webhook, waiting }, "test", data, tx);
    if (delivery === null) {
      throw new SalonError(
        "conflict",
        "Too many deliveries of this webhook wait to be made: nothing more is sent.",
      );
    }
    return deliveryView(delivery);
  });
}

/**
 * Send an event again, under the id that it had, with all its attempts before it.
 * @throws SalonError not_found; conflict for one that waits for an attempt anyway
 */
export function redeliver(
  ask: { id: string; delivery: string; by: Asker },
  tx?: Tx,
): Promise<WebhookDeliveryView> {
  return atomically(tx, async (tx) => {
    const webhook = await requireWebhook(ask, tx);
    const where = { id: ask.delivery, webhookId: webhook.id };
    if ((await tx.webhookDelivery.count({ where })) === 0) {
      throw new SalonError("not_found", "There is no such delivery; old ones are deleted after a week.");
    }
    const { count } = await tx.webhookDelivery.updateMany({
      where: { ...where, state: { not: "PENDING" } },
      data: { state: "PENDING", attempts: 0, nextAttemptAt: new Date() },
    });
    if (count === 0) throw new SalonError("conflict", "It waits to be sent already.");
    await enqueueDelivery({ id: ask.delivery, webhook }, 0, tx);
    return deliveryView(await tx.webhookDelivery.findUniqueOrThrow({ where: { id: ask.delivery } }));
  });
}
