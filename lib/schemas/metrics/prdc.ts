import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

const sameAsKynkaanniemi = "The same in the convention of the prdc package.";

export const prdc = {
  name: "prdc",
  label: "Precision, recall, density, coverage (k = 5)",
  meaning: "Fidelity and diversity by balls up to the fifth neighbour, as in Naeem et al. 2020.",
  better: "higher",
  unit: "share",
  format: { decimals: 1 },
  needs: "features",
  protocol: "prdc/k=5 strict",
  inDiagnosis: true,
  values: {
    precision: { label: "Precision, k = 5", meaning: sameAsKynkaanniemi },
    recall: { label: "Recall, k = 5", meaning: sameAsKynkaanniemi },
    density: {
      label: "Density",
      meaning:
        "How many real neighbourhoods a sample lies in, over k. 1 is that of real images; more is possible.",
      unit: null,
      format: { significant: 3 },
    },
    coverage: {
      label: "Coverage",
      meaning: "Share of real images with a sample in their neighbourhood.",
    },
  },
} as const satisfies MetricDefinition;
