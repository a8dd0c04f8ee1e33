import type { Better } from "@/lib/schemas/metrics/metric-definition";

/** What tau and its interval allow to say, in a sentence. */
export function agreementSentence(
  { label, better }: { label: string; better: Better | null },
  tau: { tau: number; low: number; high: number; n: number } | null,
  models: number,
): string {
  if (better === null)
    return `Which way ${label} is better is not known here, so it gives no order to compare.`;
  if (tau === null)
    return models < 3
      ? `${label} is known of ${models === 1 ? "one rated model" : `${models} rated models`}: an order needs three.`
      : `${label} is the same for all rated models: there is no order to compare.`;
  const range = `Kendall's tau ${tau.tau.toFixed(2)}, 95% interval ${tau.low.toFixed(2)} to ${tau.high.toFixed(2)}, ${tau.n} models`;
  if (tau.low > 0) return `${label} orders these models much as people do (${range}).`;
  if (tau.high < 0) return `${label} orders these models against people (${range}).`;
  return `Whether ${label} orders models as people do, so few models cannot say (${range}).`;
}
