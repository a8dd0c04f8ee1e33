import type { Tx } from "@/lib/db/client";
import { controls, maySee } from "@/lib/models/visibility";
import { findListeners } from "@/lib/webhooks/find-listeners";
import { writeEvent } from "@/lib/webhooks/write-event";

/** Tell who listens to a model, to a board that it stands on, or to the site, that another model seems to stand behind its name. */
export async function tellModelChanged(checkId: string, tx: Tx): Promise<void> {
  const { endpoint, ...check } = await tx.driftCheck.findUniqueOrThrow({
    where: { id: checkId },
    include: { endpoint: { include: { model: { include: { boards: true } } } } },
  });
  const { model } = endpoint;
  const { distance, low, high, prompts } = check;
  const data = {
    model: { slug: model.slug, name: model.name },
    at: check.createdAt.toISOString(),
    ...{ distance, low, high, prompts },
    path: `/models/${model.slug}`,
  };
  const about = { models: [model.id], boards: model.boards.map(({ boardId }) => boardId) };
  for (const listener of await findListeners("model_changed", about, tx)) {
    const { by } = listener;
    const mayBeTold = by === "operator" || maySee(model, by) || controls(model.submitterId, by);
    if (mayBeTold) await writeEvent(listener, "model_changed", data, tx);
  }
}
