import { useWatch } from "react-hook-form";
import { count, dollars } from "@/components/format";
import type { FormValues } from "@/components/submit/form-values";
import { useApi } from "@/components/use-api";
import { useSettled } from "@/components/use-settled";
import type { CostEstimate as Estimate } from "@/lib/schemas/costs";

/** What the run would cost, by the price that was typed or else by what the test call is said to have cost. */
export function CostEstimate({ measuredUsd }: { measuredUsd: number | null }) {
  const [board, promptCount, samplesPerPrompt, typed] = useWatch<
    FormValues,
    ["board", "promptCount", "samplesPerPrompt", "pricePerImageUsd"]
  >({ name: ["board", "promptCount", "samplesPerPrompt", "pricePerImageUsd"] });
  const price = typed.trim() === "" ? measuredUsd : Number(typed);
  const path = useSettled(pathOf({ board, promptCount, samplesPerPrompt, price }), REST_MS);
  const { data } = useApi<Estimate>(path, { keepsLast: true });
  if (price === null)
    return <p className="text-muted text-sm">With a price per image you see here what the run costs.</p>;
  if (data === undefined) return null;
  const by = typed.trim() === "" ? "as the test call cost" : "as you gave it";
  return (
    <p className="text-sm" role="status">
      {count(data.images)} images: about {dollars(data.usd)} at {dollars(data.pricePerImageUsd)} each, {by}.
    </p>
  );
}

/** So long nothing is typed before it is asked. */
const REST_MS = 400;
const WHOLE = /^\d+$/;

/** null: not without a price, nor while a field holds what is no number. */
function pathOf(asked: {
  board: string;
  promptCount: string;
  samplesPerPrompt: string;
  price: number | null;
}) {
  const { board, price } = asked;
  const [promptCount, samplesPerPrompt] = [asked.promptCount.trim(), asked.samplesPerPrompt.trim()];
  const isWhole = [promptCount, samplesPerPrompt].every((text) => text === "" || WHOLE.test(text));
  if (!isWhole || price === null || !(price >= 0 && price <= 1_000)) return null;
  const query = new URLSearchParams({ board, pricePerImageUsd: String(price) });
  if (promptCount !== "") query.set("promptCount", promptCount);
  if (samplesPerPrompt !== "") query.set("samplesPerPrompt", samplesPerPrompt);
  return `/api/v1/estimates?${query.toString()}`;
}
