import { z } from "zod";

export const RESIZES = ["clean", "tf1", "torch"] as const;
/** How a picture of another size reaches the encoder's size; part of the protocol, since the tools differ. */
export type Resize = (typeof RESIZES)[number];

const output = z.object({ name: z.string().min(1), dimension: z.number().int().min(1).max(65_536) });
const triple = z.tuple([z.number(), z.number(), z.number()]);

/** What the encoder's input tensor holds and how a picture becomes it. */
export const inputSpecSchema = z.object({
  name: z.string().min(1),
  layout: z.enum(["NCHW", "NHWC"]).default("NCHW"),
  width: z.number().int().min(1).max(2048),
  height: z.number().int().min(1).max(2048),
  resize: z.enum(RESIZES).default("clean"),
  /** The tensor is (pixel / 255 - mean) / std by channel, pixels 0..255. */
  mean: triple,
  std: triple.refine((values) => values.every((value) => value > 0), "must be positive"),
});
export type InputSpec = z.infer<typeof inputSpecSchema>;

/** What an encoder is, as data: how its input is made, what its outputs mean, what its distance is called. */
export const extractorSpecSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/, "must be lower-case words joined by hyphens or dots"),
  title: z.string().min(1).max(200),
  input: inputSpecSchema,
  features: output,
  /** Class logits for the Inception Score, where the encoder is a classifier. */
  logits: output.optional(),
  /** What a Fréchet distance on these features is called: FID is reserved to the standard weights. */
  distanceLabel: z.string().regex(/^F[A-Za-z0-9-]{1,60}$/),
});
export type ExtractorSpec = z.infer<typeof extractorSpecSchema>;

/** The preprocessing in words, for the protocol key: every number that could change a feature. */
export function describePreprocessing(input: InputSpec): string {
  return `${input.resize} ${input.width}x${input.height} ${input.layout} mean ${input.mean.join(",")} std ${input.std.join(",")}`;
}
