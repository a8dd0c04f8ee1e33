import { z } from "zod";

const SAMPLERS_OF = {
  flow: ["euler", "heun", "lcm"],
  ddpm: ["ddim", "ddpm"],
  score: ["euler", "heun", "predictor-corrector", "langevin"],
} as const;

/** Every sampler's name, as requests spell it. */
export const SAMPLER_NAMES = [
  "euler",
  "heun",
  "lcm",
  "ddim",
  "ddpm",
  "predictor-corrector",
  "langevin",
] as const;
export type SamplerName = (typeof SAMPLER_NAMES)[number];

/** A path inside the model's own folder. */
const innerPath = z
  .string()
  .regex(/^[\w.-]+(\/[\w.-]+)*$/)
  .refine((path) => !path.split("/").includes(".."), "must stay inside the model's folder");

export const modelId = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case words joined by hyphens");

/** A file of weights in a card's folder, and what tells it from any other. */
export const weightsFile = z.object({
  path: innerPath,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
});
export type WeightsFile = z.output<typeof weightsFile>;

/** What the backend needs of an autoencoder's card: how latents are made of pixels, and pixels of latents. */
export const autoencoderCardSchema = z.object({
  id: modelId,
  imageSize: z.number().int().positive(),
  latentShape: z.tuple([
    z.number().int().positive(),
    z.number().int().positive(),
    z.number().int().positive(),
  ]),
  files: z.object({ encoder: weightsFile, decoder: weightsFile }),
});

export type AutoencoderCard = z.output<typeof autoencoderCardSchema>;

/** What every model's card tells of it. docs/generation.md explains each field; training writes it, the backend reads it. */
export const describedFields = {
  id: modelId,
  name: z.string().min(1),
  creator: z.string().min(1),
  paradigm: z.string().min(1),
  architecture: z.string().min(1),
  representation: z.string().min(1),
  textConditioning: z.string().min(1),
  parameters: z.number().int().positive(),
  training: z.record(z.string(), z.unknown()),
  figures: z.record(z.string(), z.unknown()),
  license: z.string().min(1),
  released: z.iso.date(),
};

/** What the card of every model with a network of its own says. */
export const commonFields = {
  ...describedFields,
  textLength: z.number().int().positive(),
  vocabularySize: z.number().int().min(2),
};

/** A low-rank adapter (Hu et al. 2022): whose network it changes, and the words it brings. */
const adapterSchema = z.object({
  /** The model whose network is changed. */
  base: modelId,
  /** sha256 of that network's file: other weights have other names and meanings. */
  baseSha256: z.string().regex(/^[0-9a-f]{64}$/),
  rank: z.number().int().positive(),
  /** How much of the change is added. */
  scale: z.number(),
  /** Words of its own with their token ids, beyond the base's vocabulary. */
  words: z.record(z.string().regex(/^[\p{Ll}\p{N}]+$/u), z.number().int().positive()).default({}),
});

/**
 * What stands beside every network that draws: how to run it, and the facts the site shows about it.
 */
export const modelCardSchema = z
  .object({
    ...commonFields,
    family: z.enum(["flow", "ddpm", "score"]),
    prediction: z.enum(["velocity", "eps", "v"]),
    /** Side of the square image, in pixels. */
    imageSize: z.number().int().positive(),
    /** [channels, height, width] of what the denoiser works on. */
    sampleShape: z.tuple([
      z.number().int().positive(),
      z.number().int().positive(),
      z.number().int().positive(),
    ]),
    /** Folder of the autoencoder whose decoder turns samples into pixels; null where samples are pixels. */
    decoder: modelId.nullable(),
    sampler: z.object({
      default: z.enum(SAMPLER_NAMES),
      steps: z.number().int().positive(),
      guidanceScale: z.number().nonnegative(),
      /** Flow only: how much the steps lean towards the noise (schedules.ts). */
      shift: z.number().positive().default(1),
    }),
    /** A network of its own, or the adapter that makes one of the base's. */
    files: z.union([z.object({ denoiser: weightsFile }), z.object({ adapter: weightsFile })]),
    adapter: adapterSchema.optional(),
  })
  .superRefine((card, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    const predictions = { flow: ["velocity"], ddpm: ["eps", "v"], score: ["eps"] }[card.family];
    if (!predictions.includes(card.prediction)) {
      refuse(["prediction"], `a ${card.family} model cannot predict ${card.prediction}`);
    }
    if (!samplersOf(card.family).includes(card.sampler.default)) {
      refuse(["sampler", "default"], `a ${card.family} model cannot be sampled by ${card.sampler.default}`);
    }
    if (card.decoder === null && card.sampleShape.join() !== [3, card.imageSize, card.imageSize].join()) {
      refuse(["sampleShape"], "a model without a decoder works on [3, imageSize, imageSize]");
    }
    if ("adapter" in card.files !== (card.adapter !== undefined)) {
      refuse(["adapter"], "an adapter has both files.adapter and the field adapter");
    }
    for (const [word, id] of Object.entries(card.adapter?.words ?? {})) {
      if (id < card.vocabularySize) refuse(["adapter", "words", word], "is the token id of another word");
    }
  });

export type ModelCard = z.output<typeof modelCardSchema>;

/** What stands beside the network of a prompt enhancer: a masked-diffusion language model over captions. */
export const enhancerCardSchema = z.object({
  ...commonFields,
  family: z.literal("masked-diffusion"),
  sampler: z.object({
    default: z.literal("masked-diffusion"),
    steps: z.number().int().positive(),
    temperature: z.number().min(0).max(2),
  }),
  files: z.object({ denoiser: weightsFile }),
});

export type EnhancerCard = z.output<typeof enhancerCardSchema>;

/** The samplers a family can be run with. */
export function samplersOf(family: ModelCard["family"]): readonly SamplerName[] {
  return SAMPLERS_OF[family];
}

/** The sizes a model draws, as requests spell them. */
export function sizesOf(card: ModelCard): string[] {
  return [`${card.imageSize}x${card.imageSize}`];
}
