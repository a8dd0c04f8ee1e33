import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

const meaning =
  "Share of samples no nearer to a reference image than reference images are to each other. About half for a perfect model, near none for one that copies.";

export const authenticity = {
  name: "authpct",
  label: "Authenticity (memorisation check)",
  meaning,
  better: "nearer to 0.5",
  unit: "share",
  format: { decimals: 1 },
  needs: "features",
  protocol: "authpct",
  inDiagnosis: true,
  values: { authentic: { label: "Authenticity", meaning } },
} as const satisfies MetricDefinition;
