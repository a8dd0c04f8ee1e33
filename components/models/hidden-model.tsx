import { useTranslations } from "next-intl";
import Link from "next/link";

/** In the place of a model that the operator hid. */
export function HiddenModel() {
  const t = useTranslations("models.hidden");
  const site = useTranslations("site");
  return (
    <div className="page py-24 text-center">
      <h1 className="text-3xl">{t("title")}</h1>
      <p className="text-muted mx-auto mt-3 max-w-md">{t("text")}</p>
      <Link className="button-primary mt-8 inline-flex" href="/leaderboard">
        {site("seeLeaderboard")}
      </Link>
    </div>
  );
}
