import type { Tx } from "@/lib/db/client";
import { Prisma, type Board } from "@/lib/db/generated/client";
import { env } from "@/lib/env";
import type { BoardAudience } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";

type Shown = { id: string; seenBy: BoardAudience };

/**
 * A board with the ids of its models, sorted.
 * @throws SalonError "not_found"
 */
export async function readBoardModels(boardId: string, tx: Tx): Promise<{ board: Board; models: string[] }> {
  const board = await tx.board.findUnique({ where: { id: boardId } });
  if (board === null) throw new SalonError("not_found", `There is no board ${boardId}.`);
  const listed = await tx.model.findMany({ where: onBoard(board), select: { id: true } });
  return { board, models: listed.map((model) => model.id).sort() };
}

/** The models that stand on a board: its members that are not hidden, and where everyone sees it, listed too. */
export function onBoard(board: Shown): Prisma.ModelWhereInput {
  return {
    boards: { some: { boardId: board.id, state: "MEMBER" } },
    hiddenAt: null,
    removedAt: null,
    ...(board.seenBy === "EVERYONE" && { listed: true }),
  };
}

/** The same in SQL, of model `m` and board `b`. */
export const ON_BOARD: Prisma.Sql = Prisma.sql`(
  m.hidden_at is null and m.removed_at is null and (m.listed or b.seen_by <> 'EVERYONE')
  and exists (select from board_models x where x.board_id = b.id and x.model_id = m.id and x.state = 'MEMBER'))`;

/** SQL: the same of the model in the row with this alias. */
export const standing = (alias: "l" | "r"): Prisma.Sql =>
  Prisma.sql`exists (select from models m where m.id = ${Prisma.raw(alias)}.id and ${ON_BOARD})`;

/** SQL: whether everybody may go to board `b`: everyone sees it, and it is not archived. */
export const IS_OPEN: Prisma.Sql = Prisma.sql`(b.seen_by = 'EVERYONE' and b.archived_at is null)`;

/**
 * SQL: whether board `b` stands in public lists too: a site may leave the bundled ones out of them, by its settings, which come before
 * the environment.
 */
export const inLists = (): Prisma.Sql => Prisma.sql`(${IS_OPEN}
  and (b.slug not in ('text-to-image', 'text-to-video') or b.owner_id is not null or not b.site_defaults
    or coalesce((select t.value = 'true'::jsonb from settings t where t.key = 'toybox'), ${!env().HIDE_TOYBOX})))`;
