import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { promptSetOf } from "@/lib/boards/board-prompts";
import { findBoard } from "@/lib/boards/find-board";

/**
 * Take prompts out of a board's arena for good: no battle shows them from now on, open battles on them count no more, and their
 * samples may be shown with their models' names. Votes on them stay and count. The boards of one prompt set share its arena.
 * Doing it again changes nothing.
 * @param input.set slug of one of the board's prompt sets; the first unless given
 * @param input.indices places of prompts in it
 * @returns how many left the arena, and how many stay
 * @throws SalonError "not_found" for an unknown board or set, or a place without a prompt; "invalid_request" when none would stay
 */
export function retirePrompts(
  input: { board: string; set?: string; indices: readonly number[] },
  tx?: Tx,
): Promise<{ retired: number; left: number }> {
  return atomically(tx, async (tx) => {
    const promptSetId = await promptSetOf(await findBoard(input.board, tx), input.set, tx);
    const { name: promptSet } = await tx.promptSet.findUniqueOrThrow({ where: { id: promptSetId } });
    // Two at once could take the last prompts between them.
    await tx.$queryRaw`select id from prompt_sets where id = ${promptSetId} for no key update`;
    const chosen = { promptSetId, index: { in: [...input.indices] } };
    const known = await tx.prompt.findMany({ where: chosen, select: { index: true } });
    const missing = input.indices.find((index) => !known.some((prompt) => prompt.index === index));
    if (missing !== undefined) {
      throw new SalonError("not_found", `The board's set has no prompt ${missing}.`, { field: "indices" });
    }
    const { count } = await tx.prompt.updateMany({
      where: { ...chosen, arena: true },
      data: { arena: false, retiredAt: new Date() },
    });
    const left = await tx.prompt.count({ where: { promptSetId, arena: true } });
    if (left === 0) {
      throw new SalonError("invalid_request", "At least one prompt must stay in the arena.", {
        field: "indices",
      });
    }
    await recordChange(tx, {
      by: "operator",
      action: "prompts.retire",
      subject: { kind: "prompt set", id: promptSetId, label: promptSet },
      before: { inArena: left + count },
      after: { inArena: left },
    });
    return { retired: count, left };
  });
}
