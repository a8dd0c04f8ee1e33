import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

const meaning =
  "The Fréchet distance extrapolated to infinitely many samples: without the bias of a finite n.";

export const frechetInfinity = {
  name: "fd_infinity",
  label: "Fréchet distance at infinite n",
  meaning,
  better: "lower",
  unit: null,
  format: { significant: 3 },
  needs: "statistics",
  protocol: "fd-infinity/15 sizes",
  inDiagnosis: true,
  values: { value: { label: (distanceLabel) => `${distanceLabel} at infinite n`, meaning } },
} as const satisfies MetricDefinition;
