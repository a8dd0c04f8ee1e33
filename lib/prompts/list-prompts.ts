import { promptSetOf } from "@/lib/boards/board-prompts";
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
 * @param input.set slug of one of the board's prompt sets; the first unless given
 * @throws SalonError "not_found" for an unknown board or set
 */
export async function listPrompts(
  input: { board: string; set?: string },
  tx: Tx = db(),
): Promise<ListedPrompt[]> {
  const board = await findBoard(input.board, tx);
  const promptSetId = await promptSetOf(board, input.set, tx);
  return tx.$queryRaw<ListedPrompt[]>`
    select p.index, p.category, p.text, p.arena, p.retired_at as "retiredAt", coalesce(counted.votes, 0)::int as votes
    from prompts p
    left join (
      select b.prompt_id, count(*) as votes from votes v join battles b on b.id = v.battle_id
      where v.board_id = ${board.id} and v.status = 'COUNTED'
      group by 1
    ) counted on counted.prompt_id = p.id
    where p.prompt_set_id = ${promptSetId} and (p.arena or p.retired_at is not null)
    order by p.index`;
}
