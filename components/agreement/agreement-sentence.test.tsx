import { renderHook } from "@testing-library/react";
import { useTranslations } from "next-intl";
import { expect, test } from "vitest";
import { agreementSentence } from "@/components/agreement/agreement-sentence";
import { useFormat } from "@/components/use-format";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

type Tau = Parameters<typeof agreementSentence>[3];

function sentence(metric: string, tau: Tau, models: number): string {
  const { result } = renderHook(() =>
    agreementSentence(useTranslations("agreement"), useFormat(), describeMetric(metric), tau, models),
  );
  return result.current;
}

test("what is not known to be better one way is said to order nothing", () => {
  expect(sentence("something-new", null, 5)).toBe(
    "Which way something-new is better is not known here, so it gives no order to compare.",
  );
});

test("without an order it is said why", () => {
  expect(sentence("fid", null, 1)).toBe("FID is known of one rated model: an order needs three.");
  expect(sentence("fid", null, 0)).toBe("FID is known of 0 rated models: an order needs three.");
  expect(sentence("fid", null, 3)).toMatch(/^FID is the same for all rated models/);
});

test("what tau says depends on whether its interval leaves zero out", () => {
  expect(sentence("fid", { tau: 1, low: 0.9, high: 1, n: 5 }, 5)).toBe(
    "FID orders these models much as people do (Kendall's tau 1.00, 95% interval 0.90 to 1.00, 5 models).",
  );
  expect(sentence("fid", { tau: -1, low: -1, high: -0.2, n: 5 }, 5)).toMatch(
    /^FID orders these models against people \(/,
  );
  expect(sentence("fid", { tau: 0.2, low: -0.4, high: 0.8, n: 5 }, 5)).toMatch(
    /^Whether FID orders models as people do, so few models cannot say \(/,
  );
});
