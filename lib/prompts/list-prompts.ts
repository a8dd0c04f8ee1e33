import { db, type Tx } from "@/lib/db/client";
import { findBoard } from "@/lib/boards/find-board";

export type ListedPrompt = {
  index: number;
  category: string;
  text: string;
  arena: boolean;
  retiredAt: Date | null;
  /** Counted votes on it on this board. */
  votes: number;
};

/**
 * A board's prompts that are or were in the arena, in their order.
 * @throws SalonError "not_found" for an unknown board
 */
export async function listPrompts(input: { board: string }, tx: Tx = db()): Promise<ListedPrompt[]> {
  const board = await findBoard(input.board, tx);
  return tx.$queryRaw<ListedPrompt[]>`
    select p.index, p.category, p.text, p.arena, p."retiredAt", coalesce(counted.votes, 0)::int as votes
    from "Prompt" p
    left join (
      select b."promptId", count(*) as votes from "Vote" v join "Battle" b on b.id = v."battleId"
      where v."boardId" = ${board.id} and v.status = 'COUNTED'
      group by 1
    ) counted on counted."promptId" = p.id
    where p."promptSetId" = ${board.promptSetId} and (p.arena or p."retiredAt" is not null)
    order by p.index`;
}
