import type { ExtractorSpec } from "@/lib/feature-extractors/extractor-spec";

/** Encoders that come with Salon, by name; their weights lie in weights/<name>/ with a card.json. */
export const BUNDLED_EXTRACTORS = {
  "toybox-encoder": {
    name: "toybox-encoder",
    title: "Toybox encoder: 64 features of 64x64 Toybox scenes, trained by this project",
    input: {
      name: "image",
      layout: "NCHW",
      width: 64,
      height: 64,
      resize: "clean",
      mean: [0.5, 0.5, 0.5],
      std: [0.5, 0.5, 0.5],
    },
    features: { name: "features", dimension: 64 },
    distanceLabel: "FD-toybox",
  },
} satisfies Record<string, ExtractorSpec>;
