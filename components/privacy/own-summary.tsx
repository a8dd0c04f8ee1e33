import { useFormatter, useTranslations } from "next-intl";
import type { PrivacyPage } from "@/lib/schemas/accounts/privacy";

const THINGS = ["votes", "ownPrompts", "models", "boards", "promptSets", "references", "judges"] as const;

/** How much of somebody is here, and the way to take it along. */
export function OwnSummary({ page: { isKnown, hasAccount, summary } }: { page: PrivacyPage }) {
  const t = useTranslations("privacy.own");
  const { list } = useFormatter();
  const things = THINGS.filter((name) => summary[name] > 0).map((name) => t(name, { n: summary[name] }));
  return (
    <section className="mt-10 grid max-w-2xl gap-4" aria-labelledby="own-heading">
      <h2 id="own-heading" className="text-xl">
        {t("title")}
      </h2>
      {!isKnown ? (
        <p>{t("nothing")}</p>
      ) : (
        <>
          <p>
            {things.length === 0
              ? t(hasAccount ? "accountHasNothing" : "browserHasNothing")
              : t(hasAccount ? "accountHas" : "browserHas", { things: list(things) })}
          </p>
          <p>
            <a className="button-quiet w-fit" href="/api/v1/privacy/export" download>
              {t("export")}
            </a>
          </p>
          <p className="text-muted text-sm">{t("exportAbout")}</p>
        </>
      )}
    </section>
  );
}
