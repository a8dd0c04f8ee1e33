import { z } from "zod";

const weightsFile = z.object({ sha256: z.string() });

const interval = z.tuple([z.number(), z.number()]);

/** A value of one sampler setting, and how many of n prompts were drawn entirely right with it. */
const curvePoint = z.object({
  steps: z.number().optional(),
  guidanceScale: z.number().optional(),
  n: z.number().int(),
  allCorrect: z.number(),
  interval,
});

/** What the site reads of a bundled model's card; generation/model-card.ts is the whole of it. */
export const bundledCardSchema = z.object({
  id: z.string(),
  name: z.string(),
  family: z.string().optional(),
  /** Of what its network works on; none: it has no network of its own. */
  sampleShape: z.array(z.number()).optional(),
  decoder: z.string().nullish(),
  sampler: z.object({ default: z.string(), steps: z.number().int(), guidanceScale: z.number() }),
  files: z.union([z.object({ denoiser: weightsFile }), z.object({ adapter: weightsFile })]).optional(),
  /** Of a model without a network: the one that draws for it. */
  drawnBy: z.object({ model: z.string(), sha256: z.string() }).optional(),
  /** The share of its frames' noise that they have in common. */
  sharedNoise: z.number().optional(),
  adapter: z
    .object({ base: z.string(), rank: z.number(), words: z.record(z.string(), z.number()) })
    .nullish(),
  parameters: z.number(),
  training: z
    .looseObject({
      recipe: z.string(),
      seed: z.number(),
      steps: z.number(),
      minutes: z.number(),
      machine: z.string(),
      batch: z.number().optional(),
      data: z.string().optional(),
      history: z.string().optional(),
      startsFrom: z.string().optional(),
    })
    .partial(),
  figures: z.looseObject({
    howMeasured: z.string().optional(),
    allCorrectInterval: interval.optional(),
    /** FD-toybox over many more images than were graded (scripts/measure-distance.ts), with its 95% interval. */
    fdToyboxOfMany: z
      .object({ n: z.number().int(), value: z.number(), interval, howMeasured: z.string() })
      .optional(),
    /** How an ablation did against its sibling of the same step, in words. */
    againstSibling: z.string().optional(),
    /** Whether what left the view comes back the same with one anchor and with four, in words (training/compare_anchors.py). */
    anchors: z.string().optional(),
    stepsCurve: z.array(curvePoint).optional(),
    guidanceCurve: z.array(curvePoint).optional(),
  }),
  license: z.string(),
});
export type BundledCard = z.output<typeof bundledCardSchema>;

/** What the site reads of the video autoencoder's card. */
export const videoAutoencoderCardSchema = z.object({
  id: z.string(),
  name: z.string(),
  imageSize: z.number(),
  frames: z.number(),
  /** [latent frames, channels, height, width]. */
  latentShape: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  parameters: z.number(),
  training: z.looseObject({ minutes: z.number().optional() }),
  figures: z.looseObject({
    reconstructionPsnrDb: z.number().optional(),
    keyFramesPsnrDb: z.number().optional(),
    framesBetweenPsnrDb: z.number().optional(),
    seesNoFuture: z.boolean().optional(),
    howMeasured: z.string().optional(),
  }),
});
export type VideoAutoencoderCard = z.output<typeof videoAutoencoderCardSchema>;

/** What the site reads of the prompt enhancer's card. */
export const enhancerCardSchema = z.object({
  id: z.string(),
  name: z.string(),
  files: z.object({ denoiser: weightsFile }),
  parameters: z.number(),
  training: z.looseObject({ minutes: z.number().optional(), data: z.string().optional() }),
  figures: z.looseObject({
    wordsACaption: z.number().optional(),
    stepsCurve: z.array(curvePoint).default([]),
    howMeasured: z.string().optional(),
  }),
});
export type EnhancerCard = z.output<typeof enhancerCardSchema>;

/**
 * The sha256 that tells a model's weights from all others.
 * @throws Error for a card that names none
 */
export function weightsOf({ files, drawnBy }: Partial<Pick<BundledCard, "files" | "drawnBy">>): string {
  if (files !== undefined) return ("denoiser" in files ? files.denoiser : files.adapter).sha256;
  if (drawnBy !== undefined) return drawnBy.sha256;
  throw new Error("The card names no weights.");
}
