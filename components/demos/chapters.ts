/** The chapters of /stack, in order; their titles are messages. */
export const CHAPTERS = [
  "noise-prediction",
  "score-matching",
  "flow-matching",
  "latents",
  "architecture",
  "timesteps",
  "guidance",
  "distillation",
  "post-training",
  "adapters",
  "words",
  "shared-space",
  "video-latents",
  "space-time-patches",
  "anchor-frame",
  "chaining",
  "time-attention",
  "frame-by-frame",
  "price",
] as const;
export type Chapter = (typeof CHAPTERS)[number];

/** The pages that the chapters are on, below /stack, in order. The price is on /stack itself. */
export const PARTS = {
  paradigms: ["noise-prediction", "score-matching", "flow-matching"],
  networks: ["latents", "architecture", "timesteps"],
  sampling: ["guidance", "distillation"],
  "post-training": ["post-training"],
  words: ["adapters", "words", "shared-space"],
  time: [
    "video-latents",
    "space-time-patches",
    "anchor-frame",
    "chaining",
    "time-attention",
    "frame-by-frame",
  ],
} as const satisfies Record<string, readonly Chapter[]>;
export type Part = keyof typeof PARTS;

export const isPart = (name: string): name is Part => Object.hasOwn(PARTS, name);
export const isChapter = (name: string): name is Chapter => CHAPTERS.some((chapter) => chapter === name);

/** Where a chapter is read. */
export function chapterAddress(chapter: Chapter): string {
  const part = Object.entries(PARTS).find(([, chapters]) => chapters.some((each) => each === chapter));
  return `${part ? `/stack/${part[0]}` : "/stack"}#${chapter}`;
}
