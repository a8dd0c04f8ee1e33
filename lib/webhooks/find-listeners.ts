import type { Tx } from "@/lib/db/client";
import type { Webhook } from "@/lib/db/generated/client";
import type { WebhookEvent } from "@/lib/db/generated/enums";
import type { Asker } from "@/lib/models/visibility";

export interface Listener extends Webhook {
  /** Its owner, as whoever asks the API is. */
  by: Asker;
  /** Deliveries that are not made yet. */
  waiting: number;
}

/**
 * The webhooks that are on and want an event of these models and boards, those of the whole site among them. Whether their owners
 * may be told is the caller's to see. They are held until the transaction ends, so that none goes while its event is written down.
 */
export async function findListeners(
  event: WebhookEvent,
  about: { models: string[]; boards: string[] },
  tx: Tx,
): Promise<Listener[]> {
  const found = await tx.webhook.findMany({
    where: {
      disabledAt: null,
      events: { has: event },
      OR: [
        { modelId: { in: about.models } },
        { boardId: { in: about.boards } },
        { modelId: null, boardId: null, ownerId: null },
      ],
    },
    include: { _count: { select: { deliveries: { where: { state: "PENDING" } } } } },
    orderBy: { id: "asc" },
  });
  if (found.length === 0) return [];
  const held = await tx.$queryRaw<{ id: string }[]>`
    select id from webhooks where id = any (${found.map(({ id }) => id)}) order by id for key share`;
  const ids = new Set(held.map(({ id }) => id));
  return found
    .filter(({ id }) => ids.has(id))
    .map(({ _count, ...webhook }) => ({
      ...webhook,
      by: webhook.ownerId === null ? "operator" : { voterId: webhook.ownerId },
      waiting: _count.deliveries,
    }));
}
