import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { retryAfterMs } from "@/lib/providers/outcomes";
import type { GuardedClient } from "@/lib/providers/guarded-client";
import { OutboundError } from "@/lib/providers/outbound-error";
import { plainText } from "@/lib/schemas/plain-text";
import type { DeliveryFailure, WebhookPause } from "@/lib/schemas/reasons/webhook-failure";
import { SealedKeyError } from "@/lib/secrets/open-key";
import { afterAttempt, type Attempt } from "@/lib/webhooks/after-attempt";
import { enqueueDelivery } from "@/lib/webhooks/enqueue-delivery";
import { openWebhookSecrets } from "@/lib/webhooks/open-webhook-secrets";
import { signedHeaders } from "@/lib/webhooks/webhook-secret";

/** A receiver should answer first and work later. */
const DEADLINE_MS = 10_000;
/** Of an answer's body so much is kept, for whoever looks why it failed. */
const REPLY_LENGTH = 200;

type Delivery = Prisma.WebhookDeliveryGetPayload<{ include: { webhook: true } }>;

/** What an attempt came to, as the delivery keeps it. */
interface Answer extends Pick<Attempt, "outcome" | "retryAfterMs"> {
  status: number | null;
  reply: string | null;
  problem: DeliveryFailure | null;
}

/**
 * Make one attempt at a delivery, and queue the next if it fails. Safe to run twice and to kill: what is not written down is sent
 * again under the same id.
 * @throws the signal's reason when the worker stops
 */
export async function deliverWebhook(
  { deliveryId }: { deliveryId: string },
  { db, client, signal }: { db: Db; client: GuardedClient; signal: AbortSignal },
): Promise<void> {
  const delivery = await db.webhookDelivery.findUnique({
    where: { id: deliveryId },
    include: { webhook: true },
  });
  if (delivery === null || delivery.state !== "PENDING") return;
  const answer = await attempt(delivery, client, signal);
  await inTransaction((tx) => writeDown(delivery, answer, tx), db);
}

async function attempt(delivery: Delivery, client: GuardedClient, signal: AbortSignal): Promise<Answer> {
  const { webhook, body } = delivery;
  const nothing = { outcome: "failed", status: null, reply: null, retryAfterMs: null } as const;
  try {
    const now = Date.now();
    const secrets = await openWebhookSecrets(webhook, now);
    const { status, headers, head } = await client.sendForHead(
      {
        url: webhook.url,
        owner: webhook.ownerId === null ? "operator" : "visitor",
        method: "POST",
        headers: { "content-type": "application/json", ...signedHeaders(delivery, secrets, now) },
        body,
        deadlineMs: DEADLINE_MS,
        signal,
        followRedirects: false,
      },
      4 * REPLY_LENGTH,
    );
    const isDelivered = status >= 200 && status <= 299;
    return {
      outcome: isDelivered ? "delivered" : status === 410 ? "gone" : "failed",
      status,
      reply: plainText(head.toString("utf8"), REPLY_LENGTH) || null,
      retryAfterMs: retryAfterMs(headers["retry-after"], now),
      problem: isDelivered ? null : whatIsWrong(status),
    };
  } catch (error) {
    if (signal.aborted) throw error;
    if (error instanceof OutboundError)
      return { ...nothing, problem: { code: "not_reached", said: error.message } };
    if (error instanceof SealedKeyError) return { ...nothing, problem: { code: "secret_unreadable" } };
    throw error;
  }
}

const whatIsWrong = (status: number): DeliveryFailure => ({
  code: status >= 300 && status <= 399 ? "redirected" : "answered",
  status,
});

async function writeDown(delivery: Delivery, answer: Answer, tx: Tx): Promise<void> {
  // The owner may have deleted it, or had it sent anew, meanwhile.
  await tx.$queryRaw`select id from webhooks where id = ${delivery.webhookId} for no key update`;
  const webhook = await tx.webhook.findUnique({ where: { id: delivery.webhookId } });
  if (webhook === null) return;
  const now = Date.now();
  const attempts = delivery.attempts + 1;
  const after = afterAttempt(
    {
      outcome: answer.outcome,
      attempts,
      isTest: delivery.event === "test",
      retryAfterMs: answer.retryAfterMs,
      failingSince: webhook.failingSince?.getTime() ?? null,
    },
    now,
    Math.random(),
  );
  const { count } = await tx.webhookDelivery.updateMany({
    where: { id: delivery.id, state: "PENDING", attempts: delivery.attempts },
    data: {
      state: after.state,
      attempts,
      nextAttemptAt: after.nextAttemptAt === null ? null : new Date(after.nextAttemptAt),
      lastAttemptAt: new Date(now),
      status: answer.status,
      reply: answer.reply,
      problem: answer.problem ?? Prisma.DbNull,
    },
  });
  if (count === 0) return;
  await tx.webhook.update({
    where: { id: webhook.id },
    data: {
      failingSince: after.failingSince === null ? null : new Date(after.failingSince),
      ...(after.state === "DELIVERED" && { disabledAt: null, disabledReason: Prisma.DbNull }),
    },
  });
  if (after.nextAttemptAt !== null)
    await enqueueDelivery({ id: delivery.id, webhook }, after.nextAttemptAt - now, tx);
  if (after.switchOff !== null) await switchOff(webhook.id, after.switchOff, tx);
}

/** Send nothing more to a webhook's address: what waits is given up. */
async function switchOff(webhookId: string, reason: WebhookPause, tx: Tx): Promise<void> {
  await tx.webhook.updateMany({
    where: { id: webhookId, disabledAt: null },
    data: { disabledAt: new Date(), disabledReason: reason },
  });
  await tx.webhookDelivery.updateMany({
    where: { webhookId, state: "PENDING" },
    data: { state: "DEAD", nextAttemptAt: null, problem: { code: "switched_off" } satisfies DeliveryFailure },
  });
}
