import { useTranslations } from "next-intl";
import { useWatch } from "react-hook-form";
import type { FormValues } from "@/components/submit/form-values";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";
import { useSettled } from "@/components/use-settled";
import type { CostEstimate as Estimate } from "@/lib/schemas/costs";

/**
 * What the run would cost: by the price that was typed, or else by what the test call is said to have cost; of a model that is there
 * already by what its earlier images cost, or its list price.
 */
export function CostEstimate({ measuredUsd, model }: { measuredUsd: number | null; model?: string }) {
  const t = useTranslations("submit.cost");
  const format = useFormat();
  const [board, promptCount, samplesPerPrompt, typed] = useWatch<
    FormValues,
    ["board", "promptCount", "samplesPerPrompt", "pricePerImageUsd"]
  >({ name: ["board", "promptCount", "samplesPerPrompt", "pricePerImageUsd"] });
  const price = typed.trim() === "" ? measuredUsd : Number(typed);
  const path = useSettled(pathOf({ board, promptCount, samplesPerPrompt, price, model }), REST_MS);
  const { data } = useApi<Estimate>(path, { keepsLast: true });
  if (data === undefined && (price !== null || model !== undefined)) return null;
  if (data === undefined || data.usd === null)
    return <p className="text-muted text-sm">{data ? t("unknownOf", { n: data.images }) : t("unknown")}</p>;
  const by = data.source === "typed" && typed.trim() === "" ? "test" : (data.source ?? "typed");
  return (
    <p className="text-sm" role="status">
      {t("about", {
        n: data.images,
        usd: format.dollars(data.usd),
        each: format.dollars(data.pricePerImageUsd),
        by,
      })}
    </p>
  );
}

/** So long nothing is typed before it is asked. */
const REST_MS = 400;
const WHOLE = /^\d+$/;

/** null: not of a new model without a price, nor while a field holds what is no number. */
function pathOf(asked: {
  board: string;
  promptCount: string;
  samplesPerPrompt: string;
  price: number | null;
  model?: string;
}) {
  const { board, price, model } = asked;
  const [promptCount, samplesPerPrompt] = [asked.promptCount.trim(), asked.samplesPerPrompt.trim()];
  const isWhole = [promptCount, samplesPerPrompt].every((text) => text === "" || WHOLE.test(text));
  if (!isWhole || (price === null ? model === undefined : !(price >= 0 && price <= 1_000))) return null;
  const query = new URLSearchParams({ board });
  if (price !== null) query.set("pricePerImageUsd", String(price));
  if (model !== undefined) query.set("model", model);
  if (promptCount !== "") query.set("promptCount", promptCount);
  if (samplesPerPrompt !== "") query.set("samplesPerPrompt", samplesPerPrompt);
  return `/api/v1/estimates?${query.toString()}`;
}
