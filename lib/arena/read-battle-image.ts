import { isImageSignature, type Side } from "@/lib/arena/battle-view";
import { DERIVATIVE_TYPE, readDerivative } from "@/lib/artifacts/derivative";
import { readFittedDerivative } from "@/lib/artifacts/fitted-derivative";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";

export type ServedImage = { bytes: Buffer; mediaType: string };

/**
 * One side of a battle, re-encoded without metadata, both sides in one format and of one size.
 * @throws SalonError "not_found" for an address that no battle response gave out, or an image not there yet
 */
export async function readBattleImage(
  input: { battleId: string; side: Side; signature: string },
  tx: Tx = db(),
): Promise<ServedImage> {
  const absent = new SalonError("not_found", "There is no such image.");
  if (!(await isImageSignature(input.battleId, input.side, input.signature))) throw absent;
  const battle = await tx.battle.findUnique({
    where: { id: input.battleId },
    select: {
      state: true,
      leftSample: { select: { artifact: true, model: { select: { listed: true } } } },
      rightSample: { select: { artifact: true, model: { select: { listed: true } } } },
    },
  });
  // A model that was taken off the board since is shown no more.
  const isShown = battle?.leftSample?.model.listed && battle.rightSample?.model.listed;
  const [left, right] = [battle?.leftSample?.artifact, battle?.rightSample?.artifact];
  // Both at once or none: which model answers first would say something of it.
  if (battle?.state !== "READY" || !isShown || !left || !right) throw absent;
  const { sha256 } = input.side === "left" ? left : right;
  const isSameSize = left.width === right.width && left.height === right.height;
  const smaller = left.width * left.height <= right.width * right.height ? left : right;
  const bytes = isSameSize
    ? await readDerivative(sha256)
    : await readFittedDerivative(sha256, { width: smaller.width, height: smaller.height });
  return { bytes, mediaType: DERIVATIVE_TYPE };
}
