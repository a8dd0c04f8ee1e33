import { sampleSeed } from "@/lib/runs/generation/sample-seed";
import type { DemoOrder } from "@/lib/providers/generation-backend";
import { weightsOf, type BundledCard } from "@/lib/schemas/stack/bundled-card";
import {
  ADAPTER_PROMPTS,
  ADAPTER_SEED,
  GUIDANCE_SWEEP,
  SAMPLER_SWEEP,
  STEPS_SWEEP,
  STRIP_CATEGORIES,
  WALK_CATEGORY,
  WALK_FRAMES,
} from "@/lib/demos/demo-content";

/** An order and the weights that must draw it. */
export type PlannedImage = DemoOrder & { weights: string };
export type DemoPrompt = { index: number; text: string; category: string };

/** What tells a planned image from every other: how figures find theirs among the generated ones. */
export function imageKey(image: Omit<PlannedImage, "frames">): string {
  const { model, weights, prompt, seed, sampler, steps, guidanceScale } = image;
  return [model, weights, prompt, seed, sampler, steps, guidanceScale].join("\n");
}

/** The image of a prompt by a model at its own settings but for those given; the seed is the runs' seed of that prompt. */
export function plan(
  card: BundledCard,
  prompt: Pick<DemoPrompt, "index" | "text">,
  settings: Partial<Pick<DemoOrder, "sampler" | "steps" | "guidanceScale" | "frames">> = {},
): PlannedImage {
  const { sampler } = card;
  return {
    model: card.id,
    weights: weightsOf(card),
    prompt: prompt.text,
    seed: sampleSeed(prompt.index, 0),
    sampler: settings.sampler ?? sampler.default,
    steps: settings.steps ?? sampler.steps,
    guidanceScale: settings.guidanceScale ?? sampler.guidanceScale,
    frames: settings.frames ?? 0,
  };
}

/** The way from noise to image, of the prompt that is shown for it. */
export function walkOf(card: BundledCard, prompts: readonly DemoPrompt[]): PlannedImage[] {
  const prompt = prompts.find(({ category }) => category === WALK_CATEGORY);
  return prompt ? [plan(card, prompt, { frames: Math.min(WALK_FRAMES, card.sampler.steps) })] : [];
}

/** One model over the numbers of steps. A student that was taught few steps has nothing to say about fifty. */
export function stepsSweepOf(card: BundledCard, prompts: readonly DemoPrompt[]): PlannedImage[] {
  if (!(STEPS_SWEEP.models as readonly string[]).includes(card.id)) return [];
  return STEPS_SWEEP.steps.flatMap((steps) => prompts.map((prompt) => plan(card, prompt, { steps })));
}

/** One model over the scales of guidance. */
export function guidanceSweepOf(card: BundledCard, prompts: readonly DemoPrompt[]): PlannedImage[] {
  if (!(GUIDANCE_SWEEP.models as readonly string[]).includes(card.id)) return [];
  return GUIDANCE_SWEEP.scales.flatMap((guidanceScale) =>
    prompts.map((prompt) => plan(card, prompt, { guidanceScale })),
  );
}

/** One network walked by several samplers. */
export function samplersOf(card: BundledCard, prompts: readonly DemoPrompt[]): PlannedImage[] {
  const shown = stripPrompts(prompts);
  return (SAMPLER_SWEEP[card.id] ?? []).flatMap((sampler) =>
    shown.map((prompt) => plan(card, prompt, { sampler })),
  );
}

/** An adapter and the model it changes, side by side, on prompts with the adapter's word. */
export function adapterPairsOf(
  card: BundledCard,
  cards: readonly BundledCard[],
): { prompt: string; adapted: PlannedImage; base: PlannedImage }[] {
  const { adapter } = card;
  const base = adapter && cards.find(({ id }) => id === adapter.base);
  const [word] = Object.keys(adapter?.words ?? {});
  if (!base || word === undefined) return [];
  return ADAPTER_PROMPTS.map((template) => {
    const text = template.replace("{word}", word);
    const order = (of: BundledCard) => ({ ...plan(of, { index: 0, text }), seed: ADAPTER_SEED });
    return { prompt: text, adapted: order(card), base: order(base) };
  });
}

/** The prompts that are drawn in the strips, in their order there. */
export function stripPrompts<P extends DemoPrompt>(prompts: readonly P[]): P[] {
  return STRIP_CATEGORIES.flatMap((wanted) => prompts.find(({ category }) => category === wanted) ?? []);
}

/**
 * Every image that the figures need, each once: what visitors look at first stands first, what only the curves need last.
 */
export function planDemos(cards: readonly BundledCard[], prompts: readonly DemoPrompt[]): PlannedImage[] {
  const shown = stripPrompts(prompts);
  const each = (of: (card: BundledCard) => PlannedImage[]) => cards.flatMap(of);
  const planned = [
    ...each((card) => walkOf(card, prompts)),
    ...each((card) => guidanceSweepOf(card, shown)),
    ...each((card) => stepsSweepOf(card, shown)),
    ...each((card) => adapterPairsOf(card, cards).flatMap(({ adapted, base }) => [base, adapted])),
    ...each((card) => samplersOf(card, prompts)),
    ...each((card) => guidanceSweepOf(card, prompts)),
    ...each((card) => stepsSweepOf(card, prompts)),
  ];
  // A map keeps the first place of a key; the walks, which ask for most, come first.
  const unique = new Map<string, PlannedImage>();
  for (const image of planned) {
    const key = imageKey(image);
    if (!unique.has(key)) unique.set(key, image);
  }
  return [...unique.values()];
}
