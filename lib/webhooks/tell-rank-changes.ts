import { readBoardRole, refusalOf, type BoardRole } from "@/lib/boards/require-board";
import type { Tx } from "@/lib/db/client";
import type { Board } from "@/lib/db/generated/client";
import { isOwn } from "@/lib/models/visibility";
import { findListeners, type Listener } from "@/lib/webhooks/find-listeners";
import { rankChanges } from "@/lib/webhooks/rank-changes";
import { writeEvent } from "@/lib/webhooks/write-event";

/**
 * Tell whose rank spread a board's new ranking changed, in the transaction that stores it: one event a webhook and snapshot. The
 * first ranking of a board changes nothing.
 * @param snapshotId of the whole board with nothing held equal, the newest
 */
export async function tellRankChanges(
  { board, snapshotId }: { board: Board; snapshotId: string },
  tx: Tx,
): Promise<void> {
  // Refits come by the second, and few sites have anybody who listens.
  if ((await tx.webhook.count({ where: { disabledAt: null, events: { has: "rank_changed" } } })) === 0)
    return;
  const ofRanking = { boardId: board.id, category: "", control: "" };
  const [now, last] = await tx.ratingSnapshot.findMany({
    where: ofRanking,
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: 2,
    select: { id: true, votes: true },
  });
  if (now?.id !== snapshotId || last === undefined) return;
  const [after, before] = await Promise.all([readRows(now.id, tx), readRows(last.id, tx)]);
  const changes = rankChanges(before, after);
  if (changes.length === 0) return;
  const models = changes.map(({ row }) => row.modelId);
  for (const listener of await findListeners("rank_changed", { models, boards: [board.id] }, tx)) {
    const role = await readBoardRole(board, listener.by, tx);
    const own = changes.filter(({ row }) => mayBeTold(listener, { board, role, model: row.model }));
    if (own.length === 0) continue;
    const data = {
      board: { slug: board.slug, name: board.name },
      snapshot: snapshotId,
      votes: now.votes,
      changes: own.map(({ row, before: was, after: is }) => ({
        model: { slug: row.model.slug, name: row.model.name },
        before: was,
        after: is,
        rating: { value: row.rating, low: row.low, high: row.high, n: row.games },
      })),
    };
    await writeEvent(listener, "rank_changed", data, tx);
  }
}

const readRows = (snapshotId: string, tx: Tx) =>
  tx.ratingSnapshotRow.findMany({
    where: { snapshotId },
    orderBy: [{ rank: { sort: "asc", nulls: "last" } }, { rating: "desc" }],
    include: { model: { select: { id: true, slug: true, name: true, submitterId: true } } },
  });

/** Who owns a model is told of it on boards that they may see; who runs a board, of everything on it. */
function mayBeTold(
  { by, modelId }: Listener,
  {
    board,
    role,
    model,
  }: { board: Board; role: BoardRole; model: { id: string; submitterId: string | null } },
): boolean {
  if (modelId !== null && modelId !== model.id) return false;
  if (by === "operator") return true;
  if (modelId === null) return refusalOf(board, role, "edit") === null;
  return isOwn(model, by.voterId) && refusalOf(board, role, "see") === null;
}
