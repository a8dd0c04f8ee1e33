import { requireBoard } from "@/lib/boards/require-board";
import { db, type Tx } from "@/lib/db/client";
import { isOwn, type Asker } from "@/lib/models/visibility";
import type { BoardCandidate } from "@/lib/schemas/views";

/** A list to choose from, no more: whoever misses one uses its slug with the API. */
const MOST = 500;

/**
 * Models of a board's task that are not on it and that who runs it may let on: listed ones, and their own, which come first.
 * @throws SalonError not_found, forbidden
 */
export async function listCandidates(
  ask: { slug: string; by: Asker },
  tx: Tx = db(),
): Promise<BoardCandidate[]> {
  const { by } = ask;
  const board = await requireBoard({ ...ask, to: "edit" }, tx);
  const voterId = by === "operator" ? null : by.voterId;
  const models = await tx.model.findMany({
    where: {
      modality: board.modality,
      hiddenAt: null,
      removedAt: null,
      boards: { none: { boardId: board.id } },
      ...(by !== "operator" && {
        OR: [{ listed: true }, ...(voterId === null ? [] : [{ submitterId: voterId }])],
      }),
    },
    select: { slug: true, name: true, creator: true, submitterId: true },
    orderBy: [{ name: "asc" }, { slug: "asc" }],
    take: MOST,
  });
  return models
    .map((model) => ({
      model: model.slug,
      name: model.name,
      creator: model.creator,
      own: isOwn(model, voterId),
    }))
    .sort((x, y) => Number(y.own) - Number(x.own));
}
