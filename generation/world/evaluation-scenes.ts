import { PROMPT_CATEGORIES, type PromptCategory, type Scene } from "@/lib/schemas/stack/scene";
import { captionTruth } from "@/generation/world/caption";
import { asksForHeldOut } from "@/generation/world/held-out";
import { createRenderer } from "@/generation/world/render";
import { sampleScene, type Split } from "@/generation/world/scene-sampler";

/** The category of an evaluation index: they take turns, so any prefix is balanced. */
export function evaluationCategory(index: number): PromptCategory {
  return PROMPT_CATEGORIES[index % PROMPT_CATEGORIES.length];
}

/**
 * The scene of one evaluation index: the distribution of the prompt set and of the reference images alike, so that the
 * Fréchet distance compares like with like. A held-out scene's caption always names what is held out.
 */
export function evaluationScene(
  index: number,
  split: Extract<Split, "reference" | "prompts">,
  attempt = 0,
): Scene {
  const category = evaluationCategory(index);
  const scene = sampleScene(index * 4096 + attempt, split, category);
  return category === "held-out" && !asksForHeldOut(captionTruth(scene))
    ? evaluationScene(index, split, attempt + 1)
    : scene;
}

/** How many images the committed reference statistics of FD-toybox are of. */
export const REFERENCE_COUNT = 12_000;

/** A scene of the reference's distribution beyond the reference itself: what models draw when their distance to it is measured. */
export function distanceScene(index: number): Scene {
  return evaluationScene(REFERENCE_COUNT + index, "reference");
}

/** The first `count` reference images (RGB bytes, 64x64x3), which no training ever saw. */
export async function* referenceImages(count: number): AsyncGenerator<Uint8Array> {
  const render = await createRenderer();
  for (let index = 0; index < count; index += 1) yield render(evaluationScene(index, "reference"));
}
