import { useTranslations } from "next-intl";
import { useWatch } from "react-hook-form";
import { useChosenFormat } from "@/components/submit/format-fields";
import type { FormValues } from "@/components/submit/form-values";
import { useFormat } from "@/components/use-format";
import { FORMATS } from "@/lib/schemas/formats/formats";
import type { BoardTask, ListedBoard } from "@/lib/schemas/views";

/** What the models of a board make; images where it is not known. */
export const taskOf = (boards: readonly ListedBoard[], slug: string): BoardTask =>
  boards.find((board) => board.slug === slug)?.task ?? "TEXT_TO_IMAGE";

const CALLS = { one: 1, two: 2, three: 3 };

/** What a test asks for, and costs by the price that was typed: said before it is asked. */
export function ProbeCost({ boards }: { boards: readonly ListedBoard[] }) {
  const t = useTranslations("submit.probe");
  const format = useFormat();
  const [price, seedPolicy, board] = useWatch<FormValues, ["pricePerImageUsd", "seedPolicy", "board"]>({
    name: ["pricePerImageUsd", "seedPolicy", "board"],
  });
  const seeded = FORMATS[useChosenFormat()].seed !== "none" && seedPolicy !== "none";
  const calls = taskOf(boards, board) === "TEXT_TO_VIDEO" ? "one" : seeded ? "three" : "two";
  const usd = price.trim() === "" ? NaN : Number(price) * CALLS[calls];
  return (
    <p className="text-muted text-sm">
      {t("asks", { calls })} {usd >= 0 ? t("costs", { usd: format.dollars(usd) }) : t("unpriced")}
    </p>
  );
}
