import { changeVotes } from "@/lib/votes/change-votes";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { BULK_TIMEOUT_MS } from "@/lib/votes/exclude-votes";
import { findBoard } from "@/lib/boards/find-board";

/**
 * Make a board strict, so that votes of new voters wait until the voter is proven (prove-voters.ts); or not, so that they
 * count at once, those that wait now too. Votes that count already go on counting.
 * @returns how many votes waited and count now
 * @throws SalonError "not_found"
 */
export async function setNewVoters(
  input: { board: string; newVoters: "counted" | "wait" },
  tx?: Tx,
): Promise<{ released: number }> {
  return atomically(
    tx,
    async (tx) => {
      const { id } = await findBoard(input.board, tx);
      const strict = input.newVoters === "wait";
      await tx.board.update({ where: { id }, data: { newVoters: strict ? "WAIT" : "COUNTED" } });
      if (strict) return { released: 0 };
      const waiting = Prisma.sql`v.board_id = ${id} and v.status = 'QUARANTINED' and v.quarantine_id is null`;
      const { boards } = await changeVotes(waiting, { to: "COUNTED", by: "system" }, { dryRun: false }, tx);
      return { released: boards.reduce((sum, { votes }) => sum + votes, 0) };
    },
    BULK_TIMEOUT_MS,
  );
}
