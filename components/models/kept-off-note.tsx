import { useTranslations } from "next-intl";
import type { KeptOff } from "@/lib/schemas/submissions";

/** Tells who submitted a model why it is not on the board. */
export function KeptOffNote({ keptOff }: { keptOff: KeptOff | null }) {
  const t = useTranslations("models.keptOff");
  if (keptOff === null) return null;
  return (
    <p role="note" className="bg-sunk mt-6 max-w-2xl rounded-md px-4 py-3 text-sm">
      {t("text", { why: keptOff.why })}
      {keptOff.reason && ` ${t("reason", { reason: keptOff.reason })}`}
    </p>
  );
}
