import { z } from "zod";
import type { FrameRule } from "@/lib/media/decode-video";

export const RESIZES = ["clean", "tf1", "torch"] as const;
/** How an image of another size reaches the encoder's size; part of the protocol, since the tools differ. */
export type Resize = (typeof RESIZES)[number];

const output = z.object({ name: z.string().min(1), dimension: z.number().int().min(1).max(65_536) });
const triple = z.tuple([z.number(), z.number(), z.number()]);

/** What the encoder's input tensor holds and how an image becomes it. */
export const inputSpecSchema = z.object({
  name: z.string().min(1),
  /** NCTHW and NTCHW are video encoders: T frames of one size, in planes by colour or by frame. */
  layout: z.enum(["NCHW", "NHWC", "NCTHW", "NTCHW"]).default("NCHW"),
  /** Frames of a video, from its start; an image encoder has none. */
  frames: z.number().int().min(1).max(1024).optional(),
  /** Of a video, frames a second as it is shown; undefined: frames as they are stored, whatever their rate. */
  fps: z.number().positive().max(1000).optional(),
  width: z.number().int().min(1).max(2048),
  height: z.number().int().min(1).max(2048),
  resize: z.enum(RESIZES).default("clean"),
  /** The tensor is (pixel / 255 - mean) / std by channel, pixels 0..255. */
  mean: triple,
  std: triple.refine((values) => values.every((value) => value > 0), "must be positive"),
});
export type InputSpec = z.infer<typeof inputSpecSchema>;

/** What an encoder is, as data: how its input is made, what its outputs mean, what its distance is called. */
export const encoderSpecSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/, "must be lower-case words joined by hyphens or dots"),
  title: z.string().min(1).max(200),
  input: inputSpecSchema,
  features: output,
  /** Class logits for the Inception Score, where the encoder is a classifier. */
  logits: output.optional(),
  /** What a Fréchet distance on these features is called: FID is reserved to the standard weights. */
  distanceLabel: z.string().regex(/^F[A-Za-z0-9-]{1,60}$/),
});
export type EncoderSpec = z.infer<typeof encoderSpecSchema>;

/** Frames of a video where the encoder says nothing else: FVD's. */
const DEFAULT_FRAMES = 16;

/** Whether an encoder reads images or videos. */
export const kindOf = ({ layout }: Pick<InputSpec, "layout">): "image" | "video" =>
  layout === "NCTHW" || layout === "NTCHW" ? "video" : "image";

/** Frames that a video encoder reads of each; null of images. */
export const framesOf = (input: Pick<InputSpec, "layout" | "frames">): number | null =>
  kindOf(input) === "video" ? (input.frames ?? DEFAULT_FRAMES) : null;

/** Which frames of a video an encoder reads; a folder of frames, which has no rate, gives its first ones. */
export const frameRuleOf = ({ fps }: Pick<InputSpec, "fps">): FrameRule =>
  fps === undefined ? "first" : { fps, untimed: "first" };

/** The preprocessing in words, for the protocol key: every number that could change a feature. */
export function describePreprocessing(input: InputSpec): string {
  const frames = framesOf(input);
  const rate = input.fps === undefined ? "" : ` at ${input.fps} fps`;
  const start = frames === null ? "" : `, first ${frames} frames${rate}`;
  return `${input.resize} ${input.width}x${input.height} ${input.layout} mean ${input.mean.join(",")} std ${input.std.join(",")}${start}`;
}

/** How an encoder was asked to read its samples, where that is not its own way. */
export interface Reading {
  resize?: Resize;
  frames?: number;
}

/** A reading in the words of {@link describePreprocessing}, for a set whose encoder is not opened yet; "" for its own way. */
export const describeReading = ({ resize, frames }: Reading): string =>
  [resize && `${resize} `, frames && `, first ${frames} frames`].filter(Boolean).join("");

/** What {@link describePreprocessing} or {@link describeReading} says of resize and frames; undefined where it says nothing. */
export function readingOf(preprocessing: string): Reading {
  const frames = /, first (\d+) frames(?: at [\d.]+ fps)?$/.exec(preprocessing)?.[1];
  return {
    resize: RESIZES.find((resize) => preprocessing.startsWith(`${resize} `)),
    frames: frames === undefined ? undefined : Number(frames),
  };
}

/** An encoder's input read in another way than its own. */
export function withReading(input: InputSpec, { resize, frames }: Reading): InputSpec {
  const isVideos = kindOf(input) === "video";
  return {
    ...input,
    resize: resize ?? input.resize,
    ...(isVideos && frames !== undefined && { frames }),
  };
}

/** What a distance is called when its samples are read in another way than the encoder's own. */
export function labelOf(distanceLabel: string, own: InputSpec, read: InputSpec): string {
  const resize = read.resize === own.resize ? "" : `-${read.resize}`;
  const frames = framesOf(read) === framesOf(own) ? "" : `-${framesOf(read)}frames`;
  return `${distanceLabel}${resize}${frames}`;
}
