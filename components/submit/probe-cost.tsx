import { useWatch } from "react-hook-form";
import { dollars } from "@/components/format";
import { useFormat } from "@/components/submit/format-fields";
import type { FormValues } from "@/components/submit/form-values";
import { FORMATS } from "@/lib/schemas/formats/formats";

/** What a test asks for, and costs by the price that was typed: said before it is asked. */
export function ProbeCost() {
  const [price, seedPolicy] = useWatch<FormValues, ["pricePerImageUsd", "seedPolicy"]>({
    name: ["pricePerImageUsd", "seedPolicy"],
  });
  const seeded = FORMATS[useFormat()].seed !== "none" && seedPolicy !== "none";
  const usd = price.trim() === "" ? NaN : Number(price) * (seeded ? 3 : 2);
  return (
    <p className="text-muted text-sm">
      {seeded
        ? "A test asks for three images: of one seed, of another, and of the first again."
        : "A test asks for two images."}{" "}
      {usd >= 0 ? `By your price that is ${dollars(usd)}.` : "They cost what your provider takes for them."}
    </p>
  );
}
