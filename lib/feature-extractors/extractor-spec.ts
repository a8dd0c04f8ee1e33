import { z } from "zod";

export const RESIZES = ["clean", "tf1", "torch"] as const;
/** How a picture of another size reaches the encoder's size; part of the protocol, since the tools differ. */
export type Resize = (typeof RESIZES)[number];

/**
 * What an encoder is, as data: an ONNX file plus how its input is made and what its output means.
 * A user's own encoder is described by the same fields in a `manifest.json` beside its `.onnx` file.
 */
export const extractorSpecSchema = z.object({
  name: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,62}$/),
  title: z.string().min(1).max(200),
  kind: z.enum(["image", "video"]).default("image"),
  /** ONNX file name, beside the manifest. */
  file: z.string().regex(/^[\w.-]+\.onnx$/),
  sha256: z.string().regex(/^[0-9a-f]{64}$/).optional(), // prettier-ignore
  input: z.object({
    name: z.string(),
    layout: z.enum(["NCHW", "NHWC"]).default("NCHW"),
    width: z.number().int().min(1).max(2048),
    height: z.number().int().min(1).max(2048),
    resize: z.enum(RESIZES).default("clean"),
    /** The tensor is (pixel / 255 - mean) / std by channel, pixels 0..255. */
    mean: z.tuple([z.number(), z.number(), z.number()]),
    std: z.tuple([z.number().positive(), z.number().positive(), z.number().positive()]),
  }),
  output: z.object({ name: z.string(), dimension: z.number().int().min(1).max(65_536) }),
  /** What a Fréchet distance on these features is called: FID is reserved to the standard weights. */
  distanceLabel: z.string().regex(/^F[A-Za-z0-9-]{1,40}$/),
});
export type ExtractorSpec = z.infer<typeof extractorSpecSchema>;
