import type { Motion } from "@/lib/schemas/stack/clip";
import { captionFromTruth } from "@/generation/world/caption";
import { parseClipCaption } from "@/generation/world/motion/clip-caption";

/** What an image network can be asked of a video's prompt. */
export interface StillClaim {
  caption: string;
  /** The frames in which all of it is to be seen: all, or the first and the last alone. */
  frames: "all" | "ends";
}

/** Whether something is out of view, or hidden, on the way. */
const isAway = (motion: Motion | null) =>
  motion !== null && (motion.startsWith("leaves") || motion.endsWith("behind"));

/**
 * A prompt as it is for an image. Of a video whose prompt is of the grammar of clips, what every frame of it is to show: its things,
 * colours and background without what they do. Where one leaves or passes behind another, the first and the last frame only.
 * @param frames how many are shown; an image is one
 */
export function stillClaim(prompt: string, frames: number): StillClaim {
  const truth = frames > 1 ? parseClipCaption(prompt.trim().replace(/[.!]+$/, "")) : null;
  if (truth === null) return { caption: prompt, frames: "all" };
  const objects = truth.objects.map(({ kind, colour }) => ({ kind, colour, count: 1 }));
  return {
    caption: captionFromTruth({ objects, relation: null, background: truth.background }),
    frames: truth.objects.some(({ motion }) => isAway(motion)) ? "ends" : "all",
  };
}
