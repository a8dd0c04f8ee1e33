/** The chapters of /stack and their titles, in order. */
export const CHAPTERS = {
  "noise-prediction": "Noise prediction",
  "score-matching": "Score matching",
  "flow-matching": "Flow matching",
  latents: "Pixels or latents",
  architecture: "U-Net or transformer",
  timesteps: "Where training looks",
  guidance: "Guidance",
  distillation: "Fewer steps",
  "post-training": "Post-training with a judge",
  adapters: "A new word from ten images",
  words: "Words by masked diffusion",
  "shared-space": "Words and images in one space",
  "video-latents": "A causal video autoencoder",
  "space-time-patches": "Space-time patches",
  "anchor-frame": "The anchor frame",
  chaining: "Longer clips by chaining",
  "time-attention": "Attention over time: full or masked",
  "frame-by-frame": "Frame by frame",
  price: "What an image costs",
} as const;
export type Chapter = keyof typeof CHAPTERS;

/** The pages that the chapters are on, below /stack, in order. The price is on /stack itself. */
export const PARTS = {
  paradigms: {
    title: "From noise to image",
    chapters: ["noise-prediction", "score-matching", "flow-matching"],
  },
  networks: { title: "Networks", chapters: ["latents", "architecture", "timesteps"] },
  sampling: { title: "Sampling", chapters: ["guidance", "distillation"] },
  "post-training": { title: "Post-training", chapters: ["post-training"] },
  words: { title: "Words", chapters: ["adapters", "words", "shared-space"] },
  time: {
    title: "Time",
    chapters: [
      "video-latents",
      "space-time-patches",
      "anchor-frame",
      "chaining",
      "time-attention",
      "frame-by-frame",
    ],
  },
} as const satisfies Record<string, { title: string; chapters: readonly Chapter[] }>;
export type Part = keyof typeof PARTS;

export const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name);

/** Where a chapter is read. */
export function chapterAddress(chapter: Chapter): string {
  const part = Object.entries(PARTS).find(([, { chapters }]) => chapters.some((each) => each === chapter));
  return `${part ? `/stack/${part[0]}` : "/stack"}#${chapter}`;
}
