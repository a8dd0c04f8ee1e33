import { useTranslations } from "next-intl";
import Link from "next/link";
import { adminFacts } from "@/components/admin/admin-facts";
import type { AdminPage } from "@/components/admin/admin-pages";
import { useFormat } from "@/components/use-format";
import type { AdminCounts } from "@/lib/schemas/administration/administration";

/** A card for each page that who looks may open, with what is there and what needs attention. */
export function AdminIndex({ pages, counts }: { pages: readonly AdminPage[]; counts: AdminCounts }) {
  const t = useTranslations("admin");
  const facts = adminFacts(t, useFormat(), counts);
  return (
    <ul className="mt-10 grid gap-4 sm:grid-cols-2 lg:grid-cols-3">
      {pages.map(({ href, name }) => (
        <li key={href} className="card hover:border-line-strong relative p-5">
          <h2 className="text-xl">
            <Link href={href} className="after:absolute after:inset-0 after:rounded-lg">
              {t(`pages.${name}.title`)}
            </Link>
          </h2>
          <p className="text-muted mt-1 text-sm">{t(`pages.${name}.text`)}</p>
          <ul className="mt-3 flex flex-wrap gap-2 text-xs" aria-label={t(`pages.${name}.title`)}>
            {(facts[href] ?? []).map((fact) => (
              <li
                key={fact.text}
                className={`rounded-full px-2.5 py-1 ${fact.needsAttention ? "bg-alarm-soft text-alarm" : "bg-sunk"}`}
              >
                {fact.text}
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ul>
  );
}
