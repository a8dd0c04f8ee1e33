import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import type { Asker } from "@/lib/models/visibility";
import type { NewWebhookSecret } from "@/lib/schemas/webhooks";
import { sealForRow } from "@/lib/secrets/seal-key";
import { requireWebhook } from "@/lib/webhooks/require-webhook";
import { newWebhookSecret, OVERLAP_MS } from "@/lib/webhooks/webhook-secret";

/**
 * Delete a webhook with what it still had to send: jobs of its deliveries find nothing left.
 * @throws SalonError not_found
 */
export function deleteWebhook(ask: { id: string; by: Asker }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const { id, url, events } = await requireWebhook(ask, tx);
    await tx.webhook.deleteMany({ where: { id } });
    const subject = { kind: "webhook", id, label: id };
    await recordChange(tx, {
      by: ask.by,
      action: "webhooks.change",
      subject,
      before: { receiver: new URL(url).origin, events },
      after: null,
    });
  });
}

/**
 * Give a webhook a new secret. The one before signs too for a day, so that no event is refused meanwhile.
 * @param now milliseconds since 1970
 * @throws SalonError not_found
 */
export function rotateWebhookSecret(
  ask: { id: string; by: Asker; now: number },
  tx?: Tx,
): Promise<NewWebhookSecret> {
  return atomically(tx, async (tx) => {
    const { id, secretSealed } = await requireWebhook(ask, tx);
    const secret = newWebhookSecret();
    const previousUntil = new Date(ask.now + OVERLAP_MS);
    await tx.webhook.update({
      where: { id },
      data: {
        secretSealed: await sealForRow(secret, id),
        previousSealed: Uint8Array.from(secretSealed),
        previousUntil,
      },
    });
    await recordChange(tx, {
      by: ask.by,
      action: "webhooks.change",
      subject: { kind: "webhook", id, label: id },
      before: { secret: "before" },
      after: { secret: "after" },
    });
    return { secret, previousUntil: previousUntil.toISOString() };
  });
}
