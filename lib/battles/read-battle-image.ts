import { isImageSignature, type Side } from "@/lib/battles/battle-view";
import { readBattleDerivative } from "@/lib/media/battle-derivative";
import { DERIVATIVE_TYPE } from "@/lib/media/image-derivative";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";

export type ServedImage = { bytes: Buffer; mediaType: string };

/**
 * One side of a battle, re-encoded without metadata, both sides in one format and of the board's size.
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
      board: { select: { imageWidth: true, imageHeight: true } },
      leftSample: { select: { artifactHash: true, model: { select: { listed: true } } } },
      rightSample: { select: { artifactHash: true, model: { select: { listed: true } } } },
    },
  });
  // A model that was taken off the board since is shown no more.
  const isShown = battle?.leftSample?.model.listed && battle.rightSample?.model.listed;
  const [left, right] = [battle?.leftSample?.artifactHash, battle?.rightSample?.artifactHash];
  // Both at once or none: which model answers first would say something of it.
  if (battle?.state !== "READY" || !isShown || !left || !right) throw absent;
  const size = { width: battle.board.imageWidth, height: battle.board.imageHeight };
  // Both are made before either is answered, or the slower answer would be that of a new model, or of a larger original.
  const [ofLeft, ofRight] = await Promise.all(
    [left, right].map((sha256) => readBattleDerivative(sha256, size)),
  );
  return { bytes: input.side === "left" ? ofLeft : ofRight, mediaType: DERIVATIVE_TYPE };
}
