import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

/** What a board also knows of each model, and may hold against people's ratings. */
export const price = {
  name: "price",
  label: "Price",
  meaning: "List price of one image or video.",
  better: "lower",
  unit: "dollars",
  format: { significant: 2 },
  needs: "price",
  protocol: null,
} as const satisfies MetricDefinition;

export const latency = {
  name: "latency",
  label: "Latency",
  meaning: "Median time until an image or video arrived.",
  better: "lower",
  unit: "milliseconds",
  format: { significant: 2 },
  needs: "requests",
  protocol: null,
} as const satisfies MetricDefinition;
