import { readBattleToken } from "@/lib/battles/battle-token";
import { battleClip } from "@/lib/battles/battle-clip";
import { battleView } from "@/lib/battles/battle-view";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import type { BattleView } from "@/lib/schemas/battles";

/**
 * Where a battle stands, for those who hold its token: a live one turns from generating to ready or failed.
 * @throws SalonError "unauthorised" for a stale or tampered token, "forbidden" for another battle's
 */
export async function getBattle(
  input: { battleId: string; token: string },
  tx: Tx = db(),
): Promise<BattleView> {
  const claims = await readBattleToken(input.token, Date.now());
  if (claims.battleId !== input.battleId) {
    throw new SalonError("forbidden", "This token belongs to another battle.", { field: "token" });
  }
  const battle = await tx.battle.findUnique({
    where: { id: input.battleId },
    select: {
      id: true,
      voterId: true,
      state: true,
      prompt: { select: { text: true, category: true, sourceArtifacts: true } },
      leftSampleId: true,
      rightSampleId: true,
      board: {
        select: { question: true, criteria: true, imageWidth: true, imageHeight: true, modality: true },
      },
    },
  });
  if (battle === null) throw new SalonError("not_found", "There is no such battle.", { field: "battleId" });
  const { board, leftSampleId, rightSampleId } = battle;
  const clip =
    board.modality === "TEXT_TO_VIDEO" ? await battleClip([leftSampleId, rightSampleId], tx) : null;
  return battleView({ ...battle, clip }, input.token);
}
