import { CLIP_SEED, CLIP_PROMPTS } from "@/lib/demos/demo-content";
import { plan, type PlannedImage } from "@/lib/demos/demo-orders";
import { CLIP_FPS, CLIP_FRAMES } from "@/lib/schemas/stack/clip";
import type { Clip } from "@/lib/schemas/battles";
import type { BundledCard } from "@/lib/schemas/stack/bundled-card";

/** The one clock of all clips of /stack. */
export const DEMO_CLIP: Clip = {
  frames: CLIP_FRAMES,
  columns: Math.ceil(Math.sqrt(CLIP_FRAMES)),
  rate: CLIP_FPS,
};

/** The clip of a prompt by a model at its own settings. */
export function planClip(card: BundledCard, prompt: string): PlannedImage {
  return { ...plan(card, { index: 0, text: prompt }), seed: CLIP_SEED };
}

/** Every clip that the page shows, prompt by prompt: what visitors look at first stands first. */
export function planClips(cards: readonly BundledCard[]): PlannedImage[] {
  return CLIP_PROMPTS.flatMap(({ prompt }) => cards.map((card) => planClip(card, prompt)));
}
