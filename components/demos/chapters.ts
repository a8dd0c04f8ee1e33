/** The chapters of /stack and their titles, in order: addresses within the page, from other pages too. */
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
  adapters: "A new word from ten pictures",
  words: "Words by masked diffusion",
  "shared-space": "Words and pictures in one space",
  price: "What a picture costs",
} as const;
export type Chapter = keyof typeof CHAPTERS;
