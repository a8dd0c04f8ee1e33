import { onBoard } from "@/lib/boards/board-models";
import { requireBoard } from "@/lib/boards/require-board";
import { db, type Tx } from "@/lib/db/client";
import type { BoardChanges, RankedName } from "@/lib/schemas/views";

/** Days that are looked back on: of those without a vote there is nothing to say. */
const DAYS = 30;

/**
 * What changed on a board from day to day (UTC), newest day first: models that came into the ranking, and models whose rank is
 * another. A day is what its last snapshot says, which thinning keeps.
 * @throws SalonError "not_found" for a board that not everyone sees
 */
export async function readBoardChanges(
  { board: slug }: { board: string },
  tx: Tx = db(),
): Promise<BoardChanges> {
  // A reader of feeds has no account here.
  const board = await requireBoard({ slug, by: { voterId: null }, to: "see" }, tx);
  const ids = await tx.$queryRaw<{ id: string }[]>`
    select distinct on (date_trunc('day', created_at at time zone 'utc')) id
    from rating_snapshots where board_id = ${board.id} and category = '' and control = ''
    order by date_trunc('day', created_at at time zone 'utc') desc, created_at desc, id desc
    limit ${DAYS + 1}`;
  const snapshots = await tx.ratingSnapshot.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: {
      id: true,
      createdAt: true,
      votes: true,
      rows: {
        where: { rank: { not: null }, model: onBoard(board) },
        orderBy: [{ rank: "asc" }, { modelId: "asc" }],
        select: { rank: true, rankLow: true, rankHigh: true, model: { select: { slug: true, name: true } } },
      },
    },
  });
  const days = snapshots.map(({ rows, ...snapshot }) => ({
    ...snapshot,
    ranks: new Map(
      rows.map(({ model, rank, rankLow, rankHigh }): [string, RankedName] => [
        model.slug,
        { ...model, rank: rank!, rankLow: rankLow ?? rank!, rankHigh: rankHigh ?? rank! },
      ]),
    ),
  }));
  // Further back there is a day that the oldest one shown is compared with.
  const first = snapshots.length > DAYS ? 1 : 0;
  return {
    board: board.slug,
    name: board.name,
    snapshot: snapshots.at(-1)?.id ?? null,
    days: days
      .map(({ id, createdAt, votes, ranks }, at) => {
        const before = days[at - 1]?.ranks ?? new Map<string, RankedName>();
        const now = [...ranks.values()];
        return {
          snapshot: id,
          createdAt: createdAt.toISOString(),
          votes,
          entered: now.filter(({ slug }) => !before.has(slug)),
          moved: now.flatMap((model) => {
            const earlier = before.get(model.slug);
            return earlier === undefined || earlier.rank === model.rank
              ? []
              : [{ ...model, from: earlier.rank }];
          }),
        };
      })
      .slice(first)
      .filter(({ entered, moved }) => entered.length + moved.length > 0)
      .reverse(),
  };
}
