import type { useTranslations } from "next-intl";
import type { Format } from "@/components/format";
import type { Better } from "@/lib/schemas/metrics/metric-definition";

/** What tau and its interval allow to say, in a sentence. */
export function agreementSentence(
  t: ReturnType<typeof useTranslations<"agreement">>,
  { fixed }: Format,
  { label: metric, better }: { label: string; better: Better | null },
  tau: { tau: number; low: number; high: number; n: number } | null,
  models: number,
): string {
  if (better === null) return t("sentence.noDirection", { metric });
  if (tau === null)
    return models < 3 ? t("sentence.tooFew", { metric, n: models }) : t("sentence.same", { metric });
  return t("sentence.tau", {
    verdict: tau.low > 0 ? "agrees" : tau.high < 0 ? "opposes" : "open",
    metric,
    tau: fixed(tau.tau, 2),
    low: fixed(tau.low, 2),
    high: fixed(tau.high, 2),
    n: tau.n,
  });
}
