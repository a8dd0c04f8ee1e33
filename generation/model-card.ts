import { z } from "zod";

const SAMPLERS_OF = {
  flow: ["euler", "heun"],
  ddpm: ["ddim", "ddpm"],
  score: ["euler", "heun", "predictor-corrector", "langevin"],
} as const;

/** Every sampler's name, as requests spell it. */
export const SAMPLER_NAMES = ["euler", "heun", "ddim", "ddpm", "predictor-corrector", "langevin"] as const;
export type SamplerName = (typeof SAMPLER_NAMES)[number];

/** A path inside the model's own folder. */
const innerPath = z
  .string()
  .regex(/^[\w.-]+(\/[\w.-]+)*$/)
  .refine((path) => !path.split("/").includes(".."), "must stay inside the model's folder");

const modelId = z.string().regex(/^[a-z0-9][a-z0-9-]*$/, "must be lower-case words joined by hyphens");

/** A file of weights in a card's folder, and what tells it from any other. */
const weightsFile = z.object({
  path: innerPath,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.number().int().positive(),
});
export type WeightsFile = z.output<typeof weightsFile>;

/** What the backend needs of an autoencoder's card: the decoder that turns latents into pixels. */
export const autoencoderCardSchema = z.object({ files: z.object({ decoder: weightsFile }) });

/**
 * What stands beside every denoiser.onnx: how to run it, and the facts the site shows about it.
 * docs/generation.md explains each field; training writes it, the backend reads it.
 */
export const modelCardSchema = z
  .object({
    id: modelId,
    name: z.string().min(1),
    creator: z.string().min(1),
    family: z.enum(["flow", "ddpm", "score"]),
    prediction: z.enum(["velocity", "eps", "v"]),
    paradigm: z.string().min(1),
    architecture: z.string().min(1),
    representation: z.string().min(1),
    textConditioning: z.string().min(1),
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
    textLength: z.number().int().positive(),
    vocabularySize: z.number().int().min(2),
    sampler: z.object({
      default: z.enum(SAMPLER_NAMES),
      steps: z.number().int().positive(),
      guidanceScale: z.number().nonnegative(),
      /** Flow only: how much the steps lean towards the noise (schedules.ts). */
      shift: z.number().positive().default(1),
    }),
    files: z.object({ denoiser: weightsFile }),
    parameters: z.number().int().positive(),
    training: z.record(z.string(), z.unknown()),
    figures: z.record(z.string(), z.unknown()),
    license: z.string().min(1),
    released: z.iso.date(),
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
  });

export type ModelCard = z.output<typeof modelCardSchema>;

/** The samplers a family can be run with. */
export function samplersOf(family: ModelCard["family"]): readonly SamplerName[] {
  return SAMPLERS_OF[family];
}

/** The sizes a model draws, as requests spell them. */
export function sizesOf(card: ModelCard): string[] {
  return [`${card.imageSize}x${card.imageSize}`];
}
