import { db, type Tx } from "@/lib/db/client";
import type { Asker } from "@/lib/models/visibility";
import type { WebhookDeliveryView, WebhookView } from "@/lib/schemas/webhooks";
import { requireWebhook } from "@/lib/webhooks/require-webhook";
import { deliveryView, viewed, webhookView } from "@/lib/webhooks/webhook-view";

/** Deliveries that are shown. */
const LATEST = 50;

/** The webhooks of who asks, newest first; to the operator, everybody's. None of a model or board that is not there. */
export async function listWebhooks(
  ask: { by: Asker; model?: string; board?: string },
  tx: Tx = db(),
): Promise<WebhookView[]> {
  const { by, model, board } = ask;
  if (by !== "operator" && by.voterId === null) return [];
  const webhooks = await tx.webhook.findMany({
    where: {
      ...(by !== "operator" && { ownerId: by.voterId }),
      ...(model !== undefined && { model: { slug: model } }),
      ...(board !== undefined && { board: { slug: board } }),
    },
    include: viewed,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return webhooks.map((webhook) => webhookView(webhook, by));
}

/**
 * What a webhook was sent lately, newest first.
 * @throws SalonError not_found
 */
export async function listWebhookDeliveries(
  ask: { id: string; by: Asker },
  tx: Tx = db(),
): Promise<WebhookDeliveryView[]> {
  const { id } = await requireWebhook(ask, tx);
  const deliveries = await tx.webhookDelivery.findMany({
    where: { webhookId: id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: LATEST,
  });
  return deliveries.map(deliveryView);
}
