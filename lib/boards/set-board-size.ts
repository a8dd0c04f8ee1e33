import { recordChange } from "@/lib/audit/record-change";
import { parseSize, type BoardShape } from "@/lib/boards/board-shape";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { findBoard } from "@/lib/boards/find-board";

/** Longest side of a battle's image in pixels. */
const LONGEST_SIDE = 2048;
const SHORTEST_SIDE = 16;

/**
 * Choose the size in which a board shows both sides of every battle, and with its shape which samples may be in one. Battles that
 * are open are shown in the new size; votes stay.
 * @param input.size "1024x768"
 * @param input.aspectTolerance share of the board's width / height by which a sample's may differ, 0 to 0.5; unchanged if absent
 * @throws SalonError "not_found" for an unknown board, "invalid_request" for a size or tolerance out of range
 */
export function setBoardSize(
  input: { board: string; size: string; aspectTolerance?: number },
  tx?: Tx,
): Promise<BoardShape> {
  const size = parseSize(input.size);
  const sides = size === null ? [] : [size.width, size.height];
  if (size === null || Math.min(...sides) < SHORTEST_SIDE || Math.max(...sides) > LONGEST_SIDE) {
    throw new SalonError(
      "invalid_request",
      `Give the size as WIDTHxHEIGHT, each from ${SHORTEST_SIDE} to ${LONGEST_SIDE} pixels.`,
      { field: "size" },
    );
  }
  const { aspectTolerance } = input;
  if (aspectTolerance !== undefined && !(aspectTolerance >= 0 && aspectTolerance <= 0.5)) {
    throw new SalonError("invalid_request", "The tolerance is a share from 0 to 0.5.", {
      field: "aspectTolerance",
    });
  }
  return atomically(tx, async (tx) => {
    const { id, name } = await findBoard(input.board, tx);
    const shape = { imageWidth: true, imageHeight: true, aspectTolerance: true } as const;
    const before = await tx.board.findUniqueOrThrow({ where: { id }, select: shape });
    const after = await tx.board.update({
      where: { id },
      data: { imageWidth: size.width, imageHeight: size.height, aspectTolerance },
      select: shape,
    });
    const subject = { kind: "board", id, label: name };
    await recordChange(tx, { by: "operator", action: "boards.edit", subject, before, after });
    return after;
  });
}
