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
  member: (name) =>
    name.startsWith("kid-") ? { label: `Kernel distance, ${name.slice("kid-".length)}`, meaning } : null,
} as const satisfies MetricDefinition;
