"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { Confirm } from "@/components/confirm";
import { useFormat } from "@/components/use-format";

/** Has the endpoint of one's own model tested once more, after saying what that costs. */
export function TestEndpoint({ slug, priceUsd }: { slug: string; priceUsd: number | null }) {
  const router = useRouter();
  const t = useTranslations("models.test");
  const { dollars } = useFormat();
  const [said, setSaid] = useState<{ text: string; isProblem: boolean } | null>(null);
  const test = async () => {
    try {
      await callApi(`/api/v1/models/${slug}/test`, { method: "POST" });
      setSaid({ text: t("asked"), isProblem: false });
      router.refresh();
    } catch (thrown) {
      setSaid({ text: asApiError(thrown).message, isProblem: true });
    }
  };
  const cost = priceUsd === null ? { cost: "unknown", price: "" } : { cost: "known", price: dollars(3 * priceUsd) }; // prettier-ignore
  return (
    <div className="mt-4 max-w-xl text-sm">
      <Confirm label={t("label")} ask={t("ask", cost)} go={t("go")} onGo={test} />
      {said && (
        <p
          role={said.isProblem ? "alert" : "status"}
          className={`mt-3 ${said.isProblem ? "text-alarm" : "text-muted"}`}
        >
          {said.text}
        </p>
      )}
    </div>
  );
}
