import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

const meaning =
  "How often a linear classifier tells samples from real images it has not seen. 50% is indistinguishable, 100% is wholly apart.";

export const separability = {
  name: "c2st",
  label: "Separability (linear classifier)",
  meaning,
  better: "nearer to 0.5",
  unit: "share",
  format: { decimals: 1 },
  needs: "features",
  protocol: "c2st/fisher 5 folds ridge 1e-3 ties half",
  inDiagnosis: true,
  values: { accuracy: { label: "Separability", meaning } },
} as const satisfies MetricDefinition;
