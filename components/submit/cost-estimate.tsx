import { useWatch } from "react-hook-form";
import { count, dollars } from "@/components/format";
import type { FormValues } from "@/components/submit/form-values";
import { useApi } from "@/components/use-api";
import type { CostEstimate as Estimate } from "@/lib/schemas/costs";

/** What the run would cost, by the price that was typed or else by what the test call is said to have cost. */
export function CostEstimate({ measuredUsd }: { measuredUsd: number | null }) {
  const [board, promptCount, samplesPerPrompt, typed] = useWatch<
    FormValues,
    ["board", "promptCount", "samplesPerPrompt", "pricePerImageUsd"]
  >({ name: ["board", "promptCount", "samplesPerPrompt", "pricePerImageUsd"] });
  const price = typed.trim() === "" ? measuredUsd : Number(typed);
  const { data } = useApi<Estimate>(pathOf({ board, promptCount, samplesPerPrompt, price }), {
    keepsLast: true,
  });
  if (data === undefined) return null;
  const by = typed.trim() === "" ? "as the test call cost" : "as you gave it";
  return (
    <p className="text-sm" role="status">
      {count(data.images)} images
      {data.usd === null || price === null
        ? ". Give a price per image to see what they cost."
        : `: about ${dollars(data.usd)} at ${dollars(price)} each, ${by}.`}
    </p>
  );
}

const WHOLE = /^\d+$/;

/** null: not while a field holds what is no number. */
function pathOf(asked: {
  board: string;
  promptCount: string;
  samplesPerPrompt: string;
  price: number | null;
}) {
  const { board, price } = asked;
  const [promptCount, samplesPerPrompt] = [asked.promptCount.trim(), asked.samplesPerPrompt.trim()];
  const isWhole = [promptCount, samplesPerPrompt].every((text) => text === "" || WHOLE.test(text));
  if (!isWhole || (price !== null && !(price >= 0 && price <= 1_000))) return null;
  const query = new URLSearchParams({ board });
  if (promptCount !== "") query.set("promptCount", promptCount);
  if (samplesPerPrompt !== "") query.set("samplesPerPrompt", samplesPerPrompt);
  if (price !== null) query.set("pricePerImageUsd", String(price));
  return `/api/v1/estimates?${query.toString()}`;
}
