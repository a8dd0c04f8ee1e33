import type { EncoderSpec, InputSpec } from "@/lib/encoders/encoder-spec";

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
} satisfies Record<string, EncoderSpec>;
