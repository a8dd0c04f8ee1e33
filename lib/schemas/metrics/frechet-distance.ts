import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

/**
 * The Fréchet distance under any encoder. Its scores are stored under the label that the encoder gives the distance, with the part
 * before the first hyphen in lower case: "fid", "fvd", "fd-DINOv2".
 */
export const frechetDistance = {
  name: "fd",
  label: "Fréchet distance",
  meaning: "Distance between Gaussians fitted to the features of the samples and of the reference set.",
  better: "lower",
  unit: null,
  format: { significant: 3 },
  needs: "statistics",
  protocol: "fd",
  inDiagnosis: true,
  values: {
    value: {
      label: (distanceLabel) => distanceLabel,
      meaning: "Fréchet distance to the reference set in use.",
    },
  },
  member(name) {
    if (!/^f[a-z]*d(-|$)/.test(name)) return null;
    const label = name.replace(/^[^-]+/, (prefix) => prefix.toUpperCase());
    return { label, meaning: meaningOf(label) };
  },
} as const satisfies MetricDefinition;

/** The name that a distance's scores are stored under; its label can be had back from it. */
export function distanceName(distanceLabel: string): string {
  return distanceLabel.replace(/^[^-]+/, (prefix) => prefix.toLowerCase());
}

function meaningOf(label: string): string {
  if (label === "FD-toybox")
    return "Fréchet distance between the model's images and 10,000 or more real Toybox renders, in the features of Salon's own encoder. Not comparable with FID.";
  if (label === "FVD-toybox")
    return "Fréchet distance between the model's clips and 3,000 real Toybox clips, in the features of Salon's own encoder of 17 frames at 8 a second. Not FVD.";
  if (label === "FID" || label === "FVD")
    return `${label}: the Fréchet distance to the reference set in use, on the published weights, checked by hash.`;
  return `Fréchet distance to the reference set in use, in the features of an encoder this site has installed. Not ${label.startsWith("FVD") ? "FVD" : "FID"}.`;
}
