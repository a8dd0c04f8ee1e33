import { recordChange } from "@/lib/audit/record-change";
import { requestRefit } from "@/lib/queue/requests/request-refit";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { findBoard } from "@/lib/boards/find-board";
import { criteriaFor, type Criterion } from "@/lib/schemas/criteria";

/**
 * Choose what a board asks about besides which is better overall; none: overall alone. Answers given before stay in the
 * log, and count again once their criterion is asked about again.
 * @returns the criteria in force, in their fixed order
 * @throws SalonError "not_found" for an unknown board, "invalid_request" for a criterion that does not exist or does not
 * fit the board (criteria.ts)
 */
export async function setBoardCriteria(
  input: { board: string; criteria: readonly string[] },
  tx?: Tx,
): Promise<Criterion[]> {
  return atomically(tx, async (tx) => {
    const board = await findBoard(input.board, tx);
    const fitting = criteriaFor({ isVideo: board.modality === "TEXT_TO_VIDEO" });
    const refused = input.criteria.find((name) => !fitting.some((other) => other === name));
    if (refused !== undefined) {
      throw new SalonError(
        "invalid_request",
        `${board.name} can ask about ${fitting.join(", ")}, not ${refused}.`,
        {
          field: "criteria",
        },
      );
    }
    const criteria = fitting.filter((name) => input.criteria.includes(name));
    await tx.board.update({ where: { id: board.id }, data: { criteria } });
    await requestRefit(board.id, tx);
    await recordChange(tx, {
      by: "operator",
      action: "boards.edit",
      subject: { kind: "board", id: board.id, label: board.name },
      before: { criteria: board.criteria },
      after: { criteria },
    });
    return criteria;
  });
}
