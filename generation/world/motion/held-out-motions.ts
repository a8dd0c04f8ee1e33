import { MOTIONS, type Clip, type ClipTruth, type Motion } from "@/lib/schemas/stack/clip";
import { OBJECT_KINDS, type ObjectKind } from "@/lib/schemas/stack/scene";

/** Every motion but standing still, which any object beside a moving one may do. */
const MAY_BE_HELD_OUT = MOTIONS.filter((motion) => motion !== "stands still");

/**
 * The two motions in which no training clip shows a kind, whatever its colour: a model that draws them has learnt things and
 * motions apart.
 */
export function heldOutMotions(kind: ObjectKind): Motion[] {
  const at = OBJECT_KINDS.indexOf(kind);
  return [1, 6].map((offset) => MAY_BE_HELD_OUT[(at * 5 + offset) % MAY_BE_HELD_OUT.length]);
}

const isHeldOutPair = (kind: ObjectKind, motion: Motion | null) =>
  motion !== null && heldOutMotions(kind).includes(motion);

/** Whether a clip shows any kind in a motion held out from it. */
export function showsHeldOut(clip: Clip): boolean {
  return clip.objects.some(({ kind, motion }) => isHeldOutPair(kind, motion));
}

/** Whether a caption asks for one in so many words. */
export function asksForHeldOutMotion(truth: ClipTruth): boolean {
  return truth.objects.some(({ kind, motion }) => isHeldOutPair(kind, motion));
}
