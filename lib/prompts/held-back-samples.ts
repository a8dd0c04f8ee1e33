import { isSetOf } from "@/lib/boards/board-prompts";
import { readBoardRole } from "@/lib/boards/require-board";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Asker } from "@/lib/models/visibility";

/**
 * SQL: whether the samples of the model in the row with this alias on prompt `p` are held back from somebody, who would learn from
 * their names who drew what in a battle.
 */
export type HeldBack = (alias: "m" | "l" | "r") => Prisma.Sql;

/**
 * Which samples of a board's prompts are held back from somebody who exports the board. From everybody, those of prompts in the arena;
 * from who runs the board, those of models that stand on a board of others over the same prompts, whose battles show the same
 * samples; from the operator none.
 */
export async function heldBackFrom(
  board: { id: string; ownerId: string | null },
  by: Asker,
  tx: Tx,
): Promise<HeldBack> {
  if (by === "operator") return () => Prisma.sql`false`;
  const role = await readBoardRole(board, by, tx);
  if (role !== "owner" && role !== "EDITOR") return () => Prisma.sql`p.arena`;
  return (alias) => Prisma.sql`(p.arena and exists (
    select from board_models standing
    join boards other on other.id = standing.board_id
    where standing.model_id = ${Prisma.raw(alias)}.id and standing.state = 'MEMBER' and ${isSetOf(Prisma.sql`p.prompt_set_id`, "other")}
      and other.owner_id is distinct from ${by.voterId}
      and not exists (
        select from board_guests g
        where g.board_id = other.id and g.voter_id = ${by.voterId} and g.role = 'EDITOR')))`;
}
