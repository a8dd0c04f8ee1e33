import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

const meaning =
  "Squared distance of the two sets of features under a cubic kernel (KID's formula). Unbiased at any n.";

export const kernelDistance = {
  name: "kid",
  label: "Kernel distance (KID)",
  meaning,
  better: "lower",
  unit: null,
  format: { significant: 3 },
  needs: "features",
  protocol: "kid/cubic/exact and 100 subsets of up to 1000",
  inDiagnosis: true,
  // On other features than Inception's it is not called KID.
  values: { exact: { label: "Kernel distance", meaning } },
  member(name) {
    if (name.startsWith("kid-")) return { label: `Kernel distance, ${name.slice("kid-".length)}`, meaning };
    if (!/^kvd(-|$)/.test(name)) return null;
    return {
      label: name.replace("kvd", "KVD"),
      meaning: `${meaning} Of videos, in the features of ${name.replace("kvd", "FVD")}.`,
    };
  },
} as const satisfies MetricDefinition;

/** Of a run of videos, over all samples at once. */
export const KVD_PROTOCOL = "kvd/cubic exact";

/**
 * The name that the kernel distance of videos is stored under, by what the Fréchet distance on the same features is called: "kvd" of
 * FVD, "kvd-toybox" of FVD-toybox; null where that is no FVD of any kind.
 */
export const kvdName = (distanceLabel: string): string | null =>
  /^FVD(-|$)/.test(distanceLabel) ? distanceLabel.replace("FVD", "kvd") : null;
