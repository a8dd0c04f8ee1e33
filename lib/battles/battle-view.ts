import { signBattleToken } from "@/lib/battles/battle-token";
import type { BattleState } from "@/lib/db/generated/enums";
import type { BattleView, Clip } from "@/lib/schemas/battles";
import { CRITERIA } from "@/lib/schemas/criteria";
import { signText, verifyText } from "@/lib/secrets/sign";

export type Side = "left" | "right";
/** What of a battle is served as an image: a side, or an image that both models were to edit. */
export type BattlePart = Side | `source-${number}`;

/** What a voter is told of a battle before the vote: nothing in it names a model, a sample or a file. */
export async function battleView(
  battle: {
    id: string;
    voterId: string;
    state: BattleState;
    prompt: { text: string; category: string; sourceArtifacts: string[] };
    board: { question: string | null; criteria: string[]; imageWidth: number; imageHeight: number };
    /** null: its sides are images, or not there yet. */
    clip: Clip | null;
  },
  token?: string,
): Promise<BattleView> {
  const ready = battle.state === "READY";
  return {
    battleId: battle.id,
    token: token ?? (await signBattleToken({ battleId: battle.id, voterId: battle.voterId }, Date.now())),
    prompt: battle.prompt.text,
    category: battle.prompt.category,
    sources: await Promise.all(
      battle.prompt.sourceArtifacts.map((_, at) => imageAddress(battle.id, `source-${at}`)),
    ),
    state: battle.state === "READY" ? "ready" : battle.state === "FAILED" ? "failed" : "generating",
    left: ready ? { url: await imageAddress(battle.id, "left") } : null,
    right: ready ? { url: await imageAddress(battle.id, "right") } : null,
    size: { width: battle.board.imageWidth, height: battle.board.imageHeight },
    clip: ready ? battle.clip : null,
    question: battle.board.question,
    criteria: CRITERIA.filter((criterion) => battle.board.criteria.includes(criterion)),
  };
}

/** Where an image of a battle is, for whom it was handed to. */
export async function imageAddress(battleId: string, part: BattlePart): Promise<string> {
  return `/media/battles/${battleId}/${part}?s=${await signText("battle-image", `${battleId}/${part}`)}`;
}

/** Whether an image's address was made by `battleView`: the images go to those who were handed the battle. */
export function isImageSignature(battleId: string, part: string, signature: string): Promise<boolean> {
  return verifyText("battle-image", `${battleId}/${part}`, signature);
}
