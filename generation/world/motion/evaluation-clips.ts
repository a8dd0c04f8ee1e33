import { CLIP_CATEGORIES, type Clip, type ClipCategory } from "@/lib/schemas/stack/clip";
import { clipTruth } from "@/generation/world/motion/clip-caption";
import { sampleClip } from "@/generation/world/motion/clip-sampler";
import { asksForHeldOutMotion } from "@/generation/world/motion/held-out-motions";
import { createClipRenderer, type RenderedClip } from "@/generation/world/motion/render-clip";
import type { Split } from "@/generation/world/scene-sampler";

/** The category of an evaluation index: they take turns, so any prefix is balanced. */
export const evaluationClipCategory = (index: number): ClipCategory =>
  CLIP_CATEGORIES[index % CLIP_CATEGORIES.length];

/**
 * The clip of one evaluation index: the distribution of the prompt set and of the reference clips alike. A held-out clip's
 * caption always names what is held out.
 */
export function evaluationClip(
  index: number,
  split: Extract<Split, "reference" | "prompts">,
  attempt = 0,
): Clip {
  const category = evaluationClipCategory(index);
  const clip = sampleClip(index * 4096 + attempt, split, category);
  return category === "held-out" && !asksForHeldOutMotion(clipTruth(clip))
    ? evaluationClip(index, split, attempt + 1)
    : clip;
}

/** How many clips the reference statistics of FVD-toybox are of (training/export/clip-reference.ts). */
export const REFERENCE_CLIP_COUNT = 3_000;

/** The first `count` reference clips, which no training ever saw. */
export async function* referenceClips(count: number): AsyncGenerator<RenderedClip> {
  const render = createClipRenderer();
  for (let index = 0; index < count; index += 1) yield render(evaluationClip(index, "reference"));
}
