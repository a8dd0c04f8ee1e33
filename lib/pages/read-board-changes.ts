import { onBoard } from "@/lib/boards/board-models";
import { requireBoard } from "@/lib/boards/require-board";
import { db, type Tx } from "@/lib/db/client";
import type { BoardChanges } from "@/lib/schemas/views";
import { snapshotChanges } from "@/lib/snapshots/snapshot-changes";

/** Days that are looked back on: of those without a vote there is nothing to say. */
const DAYS = 30;

/**
 * What changed on a board from day to day (UTC), newest day first: models that came into the ranking, and models whose rank is
 * another. A day is what its last snapshot says, which thinning keeps; each was compared with the day before when it was stored, so no
 * ranking is read here. Models that are off the board by now are left out.
 * @throws SalonError "not_found" for a board that not everyone sees
 */
export async function readBoardChanges(
  { board: slug }: { board: string },
  tx: Tx = db(),
): Promise<BoardChanges> {
  // A reader of feeds has no account here.
  const board = await requireBoard({ slug, by: { voterId: null }, to: "see" }, tx);
  const days = await readDays(board.id, tx);
  const ids = new Set(days.flatMap(({ changes }) => changes.map(({ model }) => model)));
  const models = await tx.model.findMany({
    where: { AND: [onBoard(board), { id: { in: [...ids] } }] },
    select: { id: true, slug: true, name: true },
  });
  const named = new Map(models.map(({ id, ...model }) => [id, model]));
  return {
    board: board.slug,
    name: board.name,
    snapshot: days.at(0)?.id ?? null,
    days: days
      .map(({ id, createdAt, votes, changes }) => {
        const shown = changes.flatMap(({ model, ...ranks }) => {
          const known = named.get(model);
          return known ? [{ ...known, ...ranks }] : [];
        });
        return {
          snapshot: id,
          createdAt: createdAt.toISOString(),
          votes,
          entered: shown.flatMap(({ from, ...model }) => (from === null ? [model] : [])),
          moved: shown.flatMap(({ from, ...model }) => (from === null ? [] : [{ ...model, from }])),
        };
      })
      .filter(({ entered, moved }) => entered.length + moved.length > 0),
  };
}

/** The last ranking of each of a board's newest days with what it changed. Each day is one step of the index, however many rankings it has. */
async function readDays(boardId: string, tx: Tx) {
  const rows = await tx.$queryRaw<{ id: string; createdAt: Date; votes: number; changes: unknown }[]>`
    with recursive days as (
      (select id, created_at, votes, 1 as n from rating_snapshots
        where board_id = ${boardId} and category = '' and control = ''
        order by created_at desc, id desc limit 1)
      union all
      select earlier.id, earlier.created_at, earlier.votes, days.n + 1
      from days cross join lateral (
        select id, created_at, votes from rating_snapshots
        where board_id = ${boardId} and category = '' and control = ''
          and created_at < date_trunc('day', days.created_at, 'utc')
        order by created_at desc, id desc limit 1) earlier
      where days.n < ${DAYS})
    select days.id, days.created_at as "createdAt", days.votes, c.changes
    from days left join snapshot_changes c on c.snapshot_id = days.id
    order by days.n`;
  return rows.map(({ changes, ...day }) => ({ ...day, changes: snapshotChanges.parse(changes ?? []) }));
}
