import { useWatch } from "react-hook-form";
import { dollars } from "@/components/format";
import { useFormat } from "@/components/submit/format-fields";
import type { FormValues } from "@/components/submit/form-values";
import { FORMATS } from "@/lib/schemas/formats/formats";
import type { BoardTask, ListedBoard } from "@/lib/schemas/views";

/** What the models of a board make; images where it is not known. */
export const taskOf = (boards: readonly ListedBoard[], slug: string): BoardTask =>
  boards.find((board) => board.slug === slug)?.task ?? "TEXT_TO_IMAGE";

const ASKED = {
  1: "A test asks for one video.",
  2: "A test asks for two images.",
  3: "A test asks for three images: of one seed, of another, and of the first again.",
};

/** What a test asks for, and costs by the price that was typed: said before it is asked. */
export function ProbeCost({ boards }: { boards: readonly ListedBoard[] }) {
  const [price, seedPolicy, board] = useWatch<FormValues, ["pricePerImageUsd", "seedPolicy", "board"]>({
    name: ["pricePerImageUsd", "seedPolicy", "board"],
  });
  const seeded = FORMATS[useFormat()].seed !== "none" && seedPolicy !== "none";
  const calls = taskOf(boards, board) === "TEXT_TO_VIDEO" ? 1 : seeded ? 3 : 2;
  const usd = price.trim() === "" ? NaN : Number(price) * calls;
  return (
    <p className="text-muted text-sm">
      {ASKED[calls]}{" "}
      {usd >= 0 ? `By your price that is ${dollars(usd)}.` : "It costs what your provider takes."}
    </p>
  );
}
