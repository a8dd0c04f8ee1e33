import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

const meaning =
  "Squared maximum mean discrepancy of the two sets of features under a Gaussian kernel, with CMMD's constants.";

export const gaussianMmd = {
  name: "mmd",
  label: "Gaussian MMD, CMMD's constants",
  meaning,
  better: "lower",
  unit: null,
  format: { significant: 3 },
  needs: "features",
  protocol: "mmd/gaussian sigma=10 biased x1000",
  member(name) {
    const [kind] = name.split("-");
    return kind === "cmmd" || kind === "mmd"
      ? { label: name.replace(kind, kind.toUpperCase()), meaning }
      : null;
  },
} as const satisfies MetricDefinition;
