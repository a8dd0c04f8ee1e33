/** What /stack shows, as data: models are named by the backend's ids, and whoever is not there yet is left out. */

/** The prompts of every figure: the set's first ones outside the arena, two of each category. */
export const DEMO_PROMPTS = 12;
/** Fewer are enough for a small installation: one of each category. */
export const FEWEST_PROMPTS = 6;
/** The categories whose first prompt is drawn in the strips. */
export const STRIP_CATEGORIES = ["relation", "three objects", "single object"] as const;
/** The category whose first prompt has its way from noise to image shown. */
export const WALK_CATEGORY = "relation";
/** Most steps of that way that are shown. */
export const WALK_FRAMES = 20;

/** Who is drawn with how many steps: the teacher, its student, and what post-training made of it. */
export const STEPS_SWEEP = {
  models: ["flow-dit-latent", "flow-dit-latent-turbo", "flow-dit-latent-rl"],
  steps: [1, 2, 4, 8, 20, 50],
} as const;

/** Whose guidance is turned up. */
export const GUIDANCE_SWEEP = {
  models: ["flow-dit-latent", "flow-dit-latent-rl"],
  scales: [1, 2, 3, 5, 8],
} as const;

/** Whose network is walked by which samplers. */
export const SAMPLER_SWEEP: Readonly<Record<string, readonly string[]>> = {
  "ddpm-unet-latent": ["ddim", "ddpm"],
  "ddpm-unet-pixel": ["ddim", "ddpm"],
  "score-unet-pixel": ["euler", "predictor-corrector", "langevin"],
  "flow-dit-latent": ["euler", "lcm"],
};

/** Whose images are shown side by side as before and after post-training, of the prompts that ask for several different things. */
export const POST_TRAINING = {
  before: "flow-dit-latent",
  after: "flow-dit-latent-rl",
  categories: ["three objects", "colour"],
} as const;

/** Prompts with an adapter's own word, none of them among the images it learnt from. */
export const ADAPTER_PROMPTS = [
  "a {word} on a purple background",
  "a {word} reading a green book",
  "a {word} left of a yellow star",
  "a red balloon above a {word}",
] as const;
export const ADAPTER_SEED = 7;

/** Terse prompts that the prompt enhancer writes out, and in how many steps. */
export const ENHANCER = "prompt-enhancer";
export const TERSE_PROMPTS = ["bear book", "fish boat", "three stars", "red house tree"] as const;
export const WRITING_STEPS = [1, 2, 8] as const;
export const WRITING_SEED = 7;

/** What is drawn in motion, prompts of Toybox in motion outside the arena, by what happens in them. */
export const CLIP_PROMPTS = [
  { verb: "moves left", prompt: "a purple balloon moves left on a green background" },
  { verb: "spins", prompt: "a red fish spins on a yellow background" },
  { verb: "bounces", prompt: "a purple cup bounces on a green background" },
  { verb: "passes behind", prompt: "a red car moves right behind a brown heart on a grey background" },
  {
    verb: "leaves and comes back",
    prompt: "an orange star leaves to the left and comes back on a grey background",
  },
] as const;
export const CLIP_SEED = 7;
export const VIDEO_AUTOENCODER = "toybox-video-autoencoder";

/** Reference images that go through the autoencoder, and how many of them are shown. */
export const RECONSTRUCTED = 64;
export const RECONSTRUCTIONS_SHOWN = 6;

/** The choices the field makes, in the page's order, and the models that made them. */
export const CHOICES = {
  "noise-prediction": ["ddpm-unet-pixel", "ddpm-unet-latent"],
  "score-matching": ["score-unet-pixel"],
  "flow-matching": ["flow-unet-pixel", "flow-dit-latent"],
  latents: ["flow-dit-latent", "flow-dit-pixel", "ddpm-unet-latent", "ddpm-unet-pixel"],
  architecture: ["flow-unet-pixel", "flow-dit-pixel"],
  timesteps: ["flow-dit-latent", "flow-dit-latent-uniform"],
  guidance: ["flow-dit-latent"],
  distillation: ["flow-dit-latent", "flow-dit-latent-turbo"],
  "post-training": ["flow-dit-latent", "flow-dit-latent-rl"],
  adapters: ["flow-dit-latent-lora"],
  "space-time-patches": ["video-dit-latent", "video-dit-turbo"],
  "time-attention": ["video-dit-latent", "video-dit-causal"],
  "frame-by-frame": ["video-framewise", "video-still"],
} as const satisfies Record<string, readonly string[]>;
export type Choice = keyof typeof CHOICES;

/** Which two models show what a choice alone brings: they share everything else, as far as their cards say. */
export const COMPARISONS = {
  "noise-prediction": [],
  "score-matching": [["score-unet-pixel", "ddpm-unet-pixel"]],
  "flow-matching": [["flow-unet-pixel", "ddpm-unet-pixel"]],
  latents: [
    ["flow-dit-latent", "flow-dit-pixel"],
    ["ddpm-unet-latent", "ddpm-unet-pixel"],
  ],
  architecture: [["flow-dit-pixel", "flow-unet-pixel"]],
  // The fair sibling of the ablation is an earlier step of the served model: the ablation's card has the comparison.
  timesteps: [],
  guidance: [],
  distillation: [["flow-dit-latent-turbo", "flow-dit-latent"]],
  "post-training": [["flow-dit-latent-rl", "flow-dit-latent"]],
  adapters: [["flow-dit-latent-lora", "flow-dit-latent"]],
  // What pairs models prompt by prompt reads images.
  "space-time-patches": [],
  "time-attention": [],
  "frame-by-frame": [],
} as const satisfies Record<Choice, readonly (readonly [string, string])[]>;

/** The page's sections that a model is part of, in the page's order. */
export function choicesOf(model: string): Choice[] {
  return (Object.keys(CHOICES) as Choice[]).filter((choice) =>
    (CHOICES[choice] as readonly string[]).includes(model),
  );
}
