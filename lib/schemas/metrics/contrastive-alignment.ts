import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

export const contrastiveAlignment = {
  name: "contrastive-alignment",
  label: "Contrastive alignment",
  meaning:
    "Mean cosine of image and prompt in the features of Salon's own contrastive encoder, which was trained on Toybox alone. Not comparable with CLIPScore.",
  better: "higher",
  unit: null,
  format: { significant: 3 },
  needs: "captions",
  protocol: "contrastive-alignment",
} as const satisfies MetricDefinition;
