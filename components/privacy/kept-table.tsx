import { useTranslations } from "next-intl";
import type { PrivacyPage } from "@/lib/schemas/accounts/privacy";

const KEPT = [
  "cookie",
  "language",
  "votes",
  "comparisons",
  "prompts",
  "tests",
  "drawings",
  "addresses",
  "counts",
  "account",
  "log",
] as const;

/** What is kept of people, and how long. */
export function KeptTable({ retention }: { retention: PrivacyPage["retention"] }) {
  const t = useTranslations("privacy.kept");
  return (
    <section className="mt-12 max-w-3xl" aria-labelledby="kept-heading">
      <h2 id="kept-heading" className="text-xl">
        {t("title")}
      </h2>
      <dl className="mt-4 grid gap-4 text-sm">
        {KEPT.map((each) => (
          <div key={each} className="grid gap-1">
            <dt className="font-medium">{t(`${each}.what`)}</dt>
            <dd className="text-muted">{t(`${each}.howLong`, retention)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
