import { z } from "zod";
import {
  commonFields,
  describedFields,
  modelId,
  SAMPLER_NAMES,
  samplersOf,
  weightsFile,
} from "@/generation/model-card";
import { latentFramesOf } from "./frame-counts";

const positive = z.number().int().positive();
/** [latent frames, channels, height, width]. */
const latentShape = z.tuple([positive, positive, positive, positive]);
const sampler = z.object({
  default: z.enum(SAMPLER_NAMES),
  steps: positive,
  guidanceScale: z.number().nonnegative(),
  /** How much the steps lean towards the noise (schedules.ts). */
  shift: z.number().positive().default(1),
});
const drawsClips = {
  task: z.literal("text-to-video"),
  /** Side of the square frames, in pixels. */
  imageSize: positive,
  /** Frames of the shortest clip, and of what a network draws at once. */
  frames: positive,
};

/** What the backend needs of a video autoencoder's card. */
export const videoAutoencoderCardSchema = z
  .object({
    id: modelId,
    imageSize: positive,
    frames: positive,
    latentShape,
    files: z.object({ encoder: weightsFile, decoder: weightsFile }),
  })
  .refine(({ frames, latentShape: [latents] }) => latentFramesOf(frames) === latents, {
    path: ["latentShape"],
    message: "has one latent frame for the first frame and one for every four more",
  });
export type VideoAutoencoderCard = z.output<typeof videoAutoencoderCardSchema>;

/** What stands beside a network that draws clips: a flow over the latents of a video autoencoder. */
export const clipModelCardSchema = z
  .object({
    ...commonFields,
    ...drawsClips,
    family: z.literal("flow"),
    prediction: z.literal("velocity"),
    sampleShape: latentShape,
    /** Folder of the video autoencoder whose decoder turns samples into frames. */
    decoder: modelId,
    sampler,
    files: z.object({ denoiser: weightsFile }),
  })
  .superRefine(({ frames, sampleShape: [latents], sampler: { default: name } }, context) => {
    const refuse = (path: string[], message: string) => context.addIssue({ code: "custom", path, message });
    if (latentFramesOf(frames) !== latents)
      refuse(["sampleShape"], "has one latent frame for the first frame and one for every four more");
    if (!samplersOf("flow").includes(name))
      refuse(["sampler", "default"], `a flow model cannot be sampled by ${name}`);
  });
export type ClipModelCard = z.output<typeof clipModelCardSchema>;

/** A model without a network of its own: an image model draws each frame, from noise that the frames share in part. */
export const framewiseCardSchema = z.object({
  ...describedFields,
  ...drawsClips,
  drawnBy: z.object({
    /** The image model, and the sha256 of its network's file: with other weights it is another model. */
    model: modelId,
    sha256: weightsFile.shape.sha256,
  }),
  /** Share s of the noise's variance that all frames have in common: sqrt(s) common + sqrt(1 - s) own. */
  sharedNoise: z.number().min(0).max(1),
  sampler,
});
export type FramewiseCard = z.output<typeof framewiseCardSchema>;

export type VideoCard = ClipModelCard | FramewiseCard;

export const isFramewise = (card: VideoCard): card is FramewiseCard => "drawnBy" in card;

/** The sizes a model draws, as requests spell them. */
export const videoSizesOf = ({ imageSize }: VideoCard): string[] => [`${imageSize}x${imageSize}`];
