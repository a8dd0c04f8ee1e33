import { randomInt } from "node:crypto";
import { requireDiskSpace } from "@/lib/artifacts/disk-space";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { refuseBlockedPrompt } from "@/lib/moderation/checks/blocked-list";
import { enqueue } from "@/lib/queue/enqueue";
import { visitorHolder } from "@/lib/queue/holder";
import { useQuota } from "@/lib/quotas/use-quota";
import { shareQueue } from "@/lib/queue/share-queue";
import type { DrawingResponse } from "@/lib/schemas/stack/drawings";
import { readBundledModels } from "@/lib/demos/bundled-cards";
import { refuseArenaPrompt } from "@/lib/prompts/refuse-arena-prompt";
import { readDrawing } from "@/lib/demos/read-drawing";

/** Drawings of one visitor that are worked on at a time. */
const AT_ONCE = 2;
/** How long a visitor's drawing is kept. */
const KEPT_MS = 24 * 3600 * 1000;

/**
 * Have a visitor's prompt drawn by every bundled model from one new seed. Drawings that are older than a day go; their
 * images are collected with whatever nothing refers to.
 * @throws SalonError not_ready while no bundled model is known; invalid_request for a prompt that is in the arena or has words that the site blocks; rate_limited when the quota is used up; unavailable while the disk is nearly full
 */
export async function startDrawing(
  ask: { prompt: string; voterId?: string; address?: string | null },
  tx?: Tx,
): Promise<DrawingResponse> {
  const { prompt } = ask;
  await requireDiskSpace();
  const visitor = await visitorHolder({ voterId: ask.voterId ?? null, address: ask.address });
  return atomically(tx, async (tx) => {
    await useQuota({ quota: "prompts", amount: 1, by: visitor }, tx);
    const models = await readBundledModels(tx);
    if (models.length === 0) {
      throw new SalonError("not_ready", "No bundled model is known here yet.", { retryAfterSeconds: 30 });
    }
    await tx.drawing.deleteMany({ where: { createdAt: { lt: new Date(Date.now() - KEPT_MS) } } });
    await refuseArenaPrompt(prompt, tx);
    await refuseBlockedPrompt(prompt, tx);
    const id = newId("drawing");
    await tx.drawing.create({
      data: {
        id,
        prompt,
        seed: randomInt(2 ** 31),
        images: { create: models.map(({ id: modelId }) => ({ modelId })) },
      },
    });
    const queue = shareQueue("draw", visitor, id, { turn: 0, width: AT_ONCE, share: AT_ONCE });
    await enqueue("draw-prompt", { drawingId: id }, { queue }, tx);
    return readDrawing(id, tx);
  });
}
