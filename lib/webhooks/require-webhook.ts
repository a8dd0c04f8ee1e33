import type { Tx } from "@/lib/db/client";
import type { Webhook } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import type { Asker } from "@/lib/models/visibility";

/**
 * A webhook of who asks; the operator's are all, so that one that troubles somebody can be taken off.
 * @throws SalonError not_found, also for somebody else's
 */
export async function requireWebhook(ask: { id: string; by: Asker }, tx: Tx): Promise<Webhook> {
  const { id, by } = ask;
  const webhook = await tx.webhook.findUnique({ where: { id } });
  const isTheirs = by === "operator" || (by.voterId !== null && webhook?.ownerId === by.voterId);
  if (webhook === null || !isTheirs) throw new SalonError("not_found", "There is no such webhook.");
  return webhook;
}
