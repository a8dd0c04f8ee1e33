import { z } from "zod";
import { describedFields, modelId, SAMPLER_NAMES, samplersOf, weightsFile } from "@/generation/model-card";
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

/** How a network that draws latents is run: a flow, told of a caption. */
const drawsLatents = {
  family: z.literal("flow"),
  prediction: z.literal("velocity"),
  textLength: positive,
  vocabularySize: z.number().int().min(2),
  sampler: sampler.refine(({ default: name }) => samplersOf("flow").includes(name), {
    path: ["default"],
    message: "is no sampler of a flow model",
  }),
  files: z.object({ denoiser: weightsFile }),
};

/** What the backend needs of the card of a network that draws a caption's first frame. */
export const firstFrameCardSchema = z.object({
  ...drawsLatents,
  id: modelId,
  task: z.literal("first-frame"),
  /** [channels, height, width]: those channels of a first latent frame that its frame is decoded from, which come first. */
  sampleShape: z.tuple([positive, positive, positive]),
});
export type FirstFrameCard = z.output<typeof firstFrameCardSchema>;

/** What stands beside a network that draws clips: a flow over the latents of a video autoencoder. */
export const clipModelCardSchema = z
  .object({
    ...describedFields,
    ...drawsClips,
    ...drawsLatents,
    sampleShape: latentShape,
    /** Folder of the network that draws the first frame where no image is given. */
    firstFrame: modelId,
    /** Folder of the video autoencoder whose decoder turns samples into frames. */
    decoder: modelId,
  })
  .refine(({ frames, sampleShape: [latents] }) => latentFramesOf(frames) === latents, {
    path: ["sampleShape"],
    message: "has one latent frame for the first frame and one for every four more",
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
