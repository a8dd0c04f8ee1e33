import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

export const jedi = {
  name: "jedi",
  label: "Polynomial MMD, JEDi's constants",
  meaning:
    "Squared maximum mean discrepancy of the two sets of features under JEDi's quadratic kernel, times 100. It is JEDi on V-JEPA's features alone.",
  better: "lower",
  unit: null,
  format: { significant: 3 },
  needs: "features",
  protocol: "jedi/polynomial degree=2 gamma=1/d coef=0 biased x100",
} as const satisfies MetricDefinition;
