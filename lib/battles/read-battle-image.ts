import { isImageSignature } from "@/lib/battles/battle-view";
import { commonClip, shownFrames } from "@/lib/media/common-clip";
import { readBattleSheet } from "@/lib/media/battle-sheet";
import { readBattleDerivative } from "@/lib/media/battle-derivative";
import { DERIVATIVE_TYPE, readDerivative } from "@/lib/media/image-derivative";
import type { StoredVideo } from "@/lib/encoders/read-video";
import { onBoard } from "@/lib/boards/board-models";
import { db, type Tx } from "@/lib/db/client";
import type { Board } from "@/lib/db/generated/client";
import type { SampleState } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";

export type ServedImage = { bytes: Buffer; mediaType: string };

/**
 * One side of a battle, re-encoded without metadata, both sides in one format and of the board's size, of videos as many frames of
 * each; or an image that both models
 * were to edit.
 * @param input.part "left", "right", or "source-0" and on
 * @param input.size "original": a side in its own size, once the battle was voted on; before, its size could say whose it is
 * @throws SalonError "not_found" for an address that no battle response gave out, or an image not there yet; "forbidden" for an original
 *   before the vote
 */
export async function readBattleImage(
  input: { battleId: string; part: string; signature: string; size?: "board" | "original" },
  tx: Tx = db(),
): Promise<ServedImage> {
  const absent = new SalonError("not_found", "There is no such image.");
  if (!(await isImageSignature(input.battleId, input.part, input.signature))) throw absent;
  const battle = await tx.battle.findUnique({
    where: { id: input.battleId },
    select: {
      state: true,
      board: true,
      prompt: { select: { sourceArtifacts: true } },
      leftSample: { select: SIDE },
      rightSample: { select: SIDE },
      vote: { select: { id: true } },
    },
  });
  if (isTaken(battle?.leftSample) || isTaken(battle?.rightSample))
    throw new SalonError("gone", "An image of this pair is not shown any more. Take another pair.");
  // A model that was taken off the board since is shown no more.
  const isShown = battle !== null && (await standOnBoard(battle.board, battle, tx));
  const [left, right] = [battle?.leftSample?.artifactHash, battle?.rightSample?.artifactHash];
  // Both at once or none: which model answers first would say something of it.
  if (battle?.state !== "READY" || !isShown || !left || !right) throw absent;
  const [, source] = /^source-(\d+)$/.exec(input.part) ?? [];
  if (source !== undefined) {
    return {
      bytes: await readDerivative(battle.prompt.sourceArtifacts[Number(source)]),
      mediaType: DERIVATIVE_TYPE,
    };
  }
  if (input.size === "original") {
    if (battle.vote === null)
      throw new SalonError("forbidden", "Images are shown in their own size once you have voted on them.");
    return {
      bytes: await readDerivative(input.part === "left" ? left : right, "whole"),
      mediaType: DERIVATIVE_TYPE,
    };
  }
  const { imageWidth: width, imageHeight: height, fit } = battle.board;
  const videos = [battle.leftSample, battle.rightSample].map(
    (side) => side?.artifact.video as StoredVideo | null,
  );
  const clip = videos.every((video) => video !== null) ? commonClip(videos) : null;
  // Both are made before either is answered, or the slower answer would be that of a new model, or of a larger original.
  const [ofLeft, ofRight] = await Promise.all(
    [left, right].map((sha256, side) =>
      clip === null
        ? readBattleDerivative(sha256, { width, height, fit })
        : readBattleSheet(sha256, {
            ...{ width, height, fit, columns: clip.columns },
            shown: shownFrames(videos[side]!, clip),
          }),
    ),
  );
  return { bytes: input.part === "left" ? ofLeft : ofRight, mediaType: DERIVATIVE_TYPE };
}

const SIDE = {
  artifactHash: true,
  modelId: true,
  state: true,
  artifact: { select: { video: true } },
} as const;

/** Of a battle both sides go: one alone would say which of them it was. */
const isTaken = (sample: { state: SampleState } | null | undefined): boolean =>
  !!sample && sample.state !== "VISIBLE";

async function standOnBoard(
  board: Board,
  { leftSample, rightSample }: Record<"leftSample" | "rightSample", { modelId: string } | null>,
  tx: Tx,
): Promise<boolean> {
  const ids = [leftSample, rightSample].flatMap((sample) => sample?.modelId ?? []);
  const models = await tx.model.findMany({
    where: { id: { in: ids }, ...onBoard(board) },
    select: { id: true },
  });
  return models.length === 2;
}
