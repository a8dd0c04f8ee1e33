import { onBoard } from "@/lib/boards/board-models";
import { requireBoard } from "@/lib/boards/require-board";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { rankingOf } from "@/lib/pages/board-rows";
import { findNewestSnapshot } from "@/lib/snapshots/find-snapshot";
import type { BoardStanding, ModelStanding } from "@/lib/schemas/views";

/** What badges and link previews say: strangers' servers fetch them, so they show what a visitor without an account sees. */
const STRANGER = { voterId: null };
const NAMED = { id: true, slug: true, name: true, creator: true, bundled: true, submitterId: true } as const;

/** @throws SalonError "not_found" for a model that is not listed */
export async function readModelStanding({ slug }: { slug: string }, tx: Tx = db()): Promise<ModelStanding> {
  const model = await tx.model.findUnique({
    where: { slug, listed: true, hiddenAt: null, removedAt: null },
    select: NAMED,
  });
  if (model === null) throw new SalonError("not_found", `There is no model ${JSON.stringify(slug)}.`);
  const board = await tx.board.findFirst({
    where: {
      members: { some: { modelId: model.id, state: "MEMBER" } },
      seenBy: "EVERYONE",
      archivedAt: null,
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  const snapshot = board && (await findNewestSnapshot(board.id, "", tx));
  return {
    name: model.name,
    creator: model.creator,
    board: board && { slug: board.slug, name: board.name },
    ranked: snapshot?.rows.filter(({ rank }) => rank !== null).length ?? 0,
    ranking:
      board &&
      rankingOf(
        board,
        model,
        snapshot?.rows.find(({ modelId }) => modelId === model.id),
      ),
  };
}

/** @throws SalonError "not_found" for a board that not everyone sees */
export async function readBoardStanding(
  { slug, leaders }: { slug: string; leaders: number },
  tx: Tx = db(),
): Promise<BoardStanding> {
  const board = await requireBoard({ slug, by: STRANGER, to: "see" }, tx);
  const snapshot = await findNewestSnapshot(board.id, "", tx);
  const ranked = (snapshot?.rows ?? []).filter(({ rank }) => rank !== null);
  const models = await tx.model.findMany({ where: onBoard(board), select: NAMED });
  const named = new Map(models.map((model) => [model.id, model]));
  return {
    slug: board.slug,
    name: board.name,
    votes: snapshot?.votes ?? 0,
    ranked: ranked.length,
    leaders: ranked
      .flatMap((row) => {
        const model = named.get(row.modelId);
        return model ? [rankingOf(board, model, row)] : [];
      })
      .slice(0, leaders),
  };
}
