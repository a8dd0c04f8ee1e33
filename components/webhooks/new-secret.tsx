import { useTranslations } from "next-intl";
import { useId } from "react";
import { ShownOnce } from "@/components/shown-once";

/** A signing secret that was just made: it is kept sealed. */
export function NewSecret({ secret, note }: { secret: string; note?: string }) {
  const t = useTranslations("webhooks.card");
  return (
    <>
      <ShownOnce id={useId()} label={t("verify")} text={secret} />
      {note && <p className="text-muted mt-2 text-sm">{note}</p>}
    </>
  );
}
