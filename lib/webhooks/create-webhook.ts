import { recordChange } from "@/lib/audit/record-change";
import { requireBoard } from "@/lib/boards/require-board";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import type { WebhookEvent } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { isOwn, maySee, type Asker } from "@/lib/models/visibility";
import { requireCallable } from "@/lib/providers/require-callable";
import { visitorHolder } from "@/lib/queue/holder";
import { requireRoomFor, type Bounded } from "@/lib/queue/room";
import { boardEvents, type NewWebhook, type WebhookCreation } from "@/lib/schemas/webhooks";
import { sealForRow } from "@/lib/secrets/seal-key";
import { newWebhookSecret } from "@/lib/webhooks/webhook-secret";
import { viewed, webhookView } from "@/lib/webhooks/webhook-view";

/** Webhooks of one owner about one model or board. */
export const MOST_A_SUBJECT = 5;

const ALL: Bounded = {
  most: () => 20,
  noun: "webhooks",
  remedy: "Delete one first.",
  count: (whose, tx) => tx.webhook.count({ where: whose }),
};

/**
 * Have events sent to an address. A visitor may for a model of their own and for a board that they run, the operator for any, and for
 * the whole site.
 * @param ask.address the visitor's network address; only its keyed hash is kept
 * @returns the webhook with its secret, which is told this once
 * @throws SalonError invalid_request naming the field, also for an address that is not called; not_found; forbidden for a listed model
 *   of somebody else's, or a board that they do not run; conflict when there are enough
 */
export async function createWebhook(
  ask: { webhook: WebhookCreation; by: Asker; address?: string | null },
  tx?: Tx,
): Promise<NewWebhook> {
  const { webhook, by, address } = ask;
  const ownerId = by === "operator" ? null : by.voterId;
  if (by !== "operator" && ownerId === null)
    throw new SalonError("forbidden", "Only its owner adds webhooks.");
  await requireCallable(webhook.url, by === "operator" ? "operator" : "visitor", { field: "url" });
  const { addressHash } = await visitorHolder({ voterId: ownerId, address });
  const secret = newWebhookSecret();
  return atomically(tx, async (tx) => {
    const subject = await subjectOf(webhook, by, tx);
    // The operator has any number in all, and no more than a visitor about one thing.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`webhooks:${ownerId ?? "operator"}`}, 0))`;
    await requireRoomFor("webhooks", ALL, { ownerId, addressHash }, tx);
    if ((await tx.webhook.count({ where: { ownerId, ...subject } })) >= MOST_A_SUBJECT) {
      throw new SalonError(
        "conflict",
        `There are ${MOST_A_SUBJECT} webhooks for this already. Delete one first.`,
      );
    }
    const id = newId("webhook");
    const made = await tx.webhook.create({
      data: {
        id,
        ownerId,
        addressHash,
        ...subject,
        url: webhook.url,
        events: [...new Set(webhook.events)].map((event) => event.replace(".", "_") as WebhookEvent),
        secretSealed: await sealForRow(secret, id),
      },
      include: viewed,
    });
    await recordChange(tx, {
      by,
      action: "webhooks.add",
      subject: { kind: "webhook", id, label: made.model?.slug ?? made.board?.slug ?? "the site" },
      before: null,
      // Some receivers' addresses open them by their path.
      after: { receiver: new URL(webhook.url).origin, events: webhook.events },
    });
    return { ...webhookView(made, by), secret };
  });
}

/** What it is about, if who asks may. */
async function subjectOf(
  { model: modelSlug, board: boardSlug, events }: WebhookCreation,
  by: Asker,
  tx: Tx,
): Promise<{ modelId: string | null; boardId: string | null }> {
  if (modelSlug !== undefined && boardSlug !== undefined) {
    throw new SalonError("invalid_request", "Name a model or a board, not both.", { field: "board" });
  }
  if (boardSlug !== undefined) {
    if (events.some((event) => !boardEvents.includes(event))) {
      throw new SalonError(
        "invalid_request",
        "What endpoints and runs wait for is their owners' to know: add that event to a model's webhook.",
        { field: "events" },
      );
    }
    const board = await requireBoard({ slug: boardSlug, by, to: "edit" }, tx);
    return { modelId: null, boardId: board.id };
  }
  if (modelSlug !== undefined) return { modelId: await requireOwnModel(modelSlug, by, tx), boardId: null };
  if (by !== "operator") {
    throw new SalonError("invalid_request", "Name the model or the board that it is about.", {
      field: "model",
    });
  }
  return { modelId: null, boardId: null };
}

async function requireOwnModel(slug: string, by: Asker, tx: Tx): Promise<string> {
  const model = await tx.model.findUnique({ where: { slug } });
  const voterId = by === "operator" ? null : by.voterId;
  const isThere = model !== null && model.removedAt === null && (by === "operator" || maySee(model, by));
  if (!isThere)
    throw new SalonError("not_found", `There is no model ${JSON.stringify(slug)}.`, { field: "model" });
  if (by !== "operator" && !isOwn(model, voterId)) {
    throw new SalonError("forbidden", "Only the visitor who submitted a model adds webhooks to it.");
  }
  return model.id;
}
