import Link from "next/link";
import { useTranslations } from "next-intl";

const POINTS = [
  { key: "blind", href: "/arena" },
  { key: "honest", href: "/docs/methods" },
  { key: "open", href: "/submit" },
] as const;

/** What Salon promises, and where to read on. */
export function HowItWorks() {
  const t = useTranslations("home");
  return (
    <section
      className="page-wide mt-20 grid gap-x-12 gap-y-10 sm:mt-28 md:grid-cols-3"
      aria-label={t("howItWorks")}
    >
      {POINTS.map(({ key, href }) => (
        <div key={key} className="border-line border-t pt-5">
          <h3 className="text-xl">{t(`${key}.title`)}</h3>
          <p className="text-muted mt-3 leading-relaxed">{t(`${key}.text`)}</p>
          <Link href={href} className="link mt-4 inline-block text-sm">
            {t(`${key}.link`)}
          </Link>
        </div>
      ))}
    </section>
  );
}
