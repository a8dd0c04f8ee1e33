import type { Prisma, WebhookDelivery } from "@/lib/db/generated/client";
import type { Asker } from "@/lib/models/visibility";
import { deliveryFailureText, webhookPauseText } from "@/lib/schemas/reasons/failure-text";
import { storedDeliveryFailure, storedWebhookPause } from "@/lib/schemas/reasons/webhook-failure";
import type { WebhookDeliveryView, WebhookEventType, WebhookView } from "@/lib/schemas/webhooks";
import { eventName } from "@/lib/webhooks/write-event";

/** What a view of a webhook is made from. */
export const viewed = {
  model: { select: { slug: true } },
  board: { select: { slug: true } },
} as const satisfies Prisma.WebhookInclude;

/** A webhook for who asks. An address may hold a key in its path: of somebody else's the operator sees the host. */
export function webhookView(
  webhook: Prisma.WebhookGetPayload<{ include: typeof viewed }>,
  by: Asker,
): WebhookView {
  const disabledFor = storedWebhookPause.nullable().parse(webhook.disabledReason);
  const isTheirs = by !== "operator" || webhook.ownerId === null;
  return {
    id: webhook.id,
    model: webhook.model?.slug ?? null,
    board: webhook.board?.slug ?? null,
    url: isTheirs ? webhook.url : `${new URL(webhook.url).origin}/...`,
    events: webhook.events.map((event) => eventName(event) as WebhookEventType),
    failingSince: webhook.failingSince?.toISOString() ?? null,
    disabledAt: webhook.disabledAt?.toISOString() ?? null,
    disabledReason: disabledFor && webhookPauseText(disabledFor),
    disabledFor,
    dropped: webhook.dropped,
    createdAt: webhook.createdAt.toISOString(),
  };
}

export function deliveryView(delivery: WebhookDelivery): WebhookDeliveryView {
  const { id, attempts, status, reply, body } = delivery;
  const failedFor = storedDeliveryFailure.nullable().parse(delivery.problem);
  return {
    id,
    event: eventName(delivery.event),
    state: delivery.state.toLowerCase() as WebhookDeliveryView["state"],
    attempts,
    status,
    reply,
    problem: failedFor && deliveryFailureText(failedFor),
    failedFor,
    createdAt: delivery.createdAt.toISOString(),
    lastAttemptAt: delivery.lastAttemptAt?.toISOString() ?? null,
    nextAttemptAt: delivery.nextAttemptAt?.toISOString() ?? null,
    body,
  };
}
