import type { EncoderSpec, InputSpec } from "@/lib/encoders/encoder-spec";
import { kindOf } from "@/lib/encoders/encoder-spec";
import { CLIP_FPS, CLIP_FRAMES } from "@/lib/schemas/stack/clip";

/** 64x64 images in [-1, 1], as every network of the bundled world takes them. */
const TOYBOX_INPUT = {
  name: "image",
  layout: "NCHW",
  width: 64,
  height: 64,
  resize: "clean",
  mean: [0.5, 0.5, 0.5],
  std: [0.5, 0.5, 0.5],
} satisfies InputSpec;

/** Clips of 17 such frames: one and the 16 that follow it in two seconds. */
export const TOYBOX_CLIP_INPUT = {
  ...TOYBOX_INPUT,
  name: "clip",
  layout: "NTCHW",
  frames: CLIP_FRAMES,
  fps: CLIP_FPS,
} satisfies InputSpec;

/** Encoders that come with Salon, by name; their weights lie in weights/<name>/ with a card.json. */
export const BUNDLED_ENCODERS = {
  "toybox-encoder": {
    name: "toybox-encoder",
    title: "Toybox encoder: 64 features of 64x64 Toybox scenes, trained by this project",
    input: TOYBOX_INPUT,
    features: { name: "features", dimension: 64 },
    distanceLabel: "FD-toybox",
  },
  "toybox-contrastive": {
    name: "toybox-contrastive",
    title: "Toybox contrastive encoder: 128 features shared with captions, trained by this project",
    input: TOYBOX_INPUT,
    features: { name: "features", dimension: 128 },
    distanceLabel: "FD-toybox-contrastive",
  },
  "toybox-video-encoder": {
    name: "toybox-video-encoder",
    title: "Toybox video encoder: 64 features of 17 frames of 64x64, trained by this project",
    input: TOYBOX_CLIP_INPUT,
    features: { name: "features", dimension: 64 },
    distanceLabel: "FVD-toybox",
  },
} satisfies Record<string, EncoderSpec>;

/** What an encoder that comes with Salon is, by name; undefined: none of them, or one of another kind. */
export function bundledSpec(name: string, kind: "image" | "video"): EncoderSpec | undefined {
  const specs: Readonly<Record<string, EncoderSpec>> = BUNDLED_ENCODERS;
  const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
  return spec && kindOf(spec.input) === kind ? spec : undefined;
}
