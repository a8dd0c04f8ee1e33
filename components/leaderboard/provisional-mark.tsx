import { useTranslations } from "next-intl";
import { Explain } from "@/components/explain";

const LOOK =
  "border-line text-muted inline-block rounded-full border px-2 py-0.5 align-middle font-sans text-xs font-normal";

/**
 * A short mark beside a rating that rests on few votes; nothing beside others.
 * @param props.inLink whether a link holds it, in which no button may lie
 */
export function ProvisionalMark({ provisional, inLink = false }: { provisional: boolean; inLink?: boolean }) {
  const t = useTranslations("leaderboard.provisional");
  if (!provisional) return null;
  if (!inLink)
    return (
      <Explain about={t("about")} mark={<span className={LOOK}>{t("mark")}</span>}>
        {t("meaning")}
      </Explain>
    );
  return (
    <span className={LOOK}>
      <span aria-hidden="true">{t("mark")}</span>
      <span className="sr-only">{t("meaning")}</span>
    </span>
  );
}
