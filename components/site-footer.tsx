import { useTranslations } from "next-intl";
import Link from "next/link";
import { LanguageSwitch } from "@/components/language-switch";
import { MORE_LINKS, TERMS_LINK } from "@/components/site-links";
import { FIRST_NAME } from "@/lib/schemas/administration/site-look";

/** The foot of every page, with whom to write to and the site's terms. */
export function SiteFooter({
  siteName = null,
  contact = null,
  hasTerms = false,
}: {
  siteName?: string | null;
  /** An e-mail address, or a page's; null: nobody is named. */
  contact?: string | null;
  hasTerms?: boolean;
}) {
  const t = useTranslations("site");
  const links = hasTerms ? [...MORE_LINKS, TERMS_LINK] : MORE_LINKS;
  return (
    <footer className="border-line text-muted mt-24 border-t text-sm">
      <div className="page-wide flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-8">
        <p>{t("claim", { name: siteName ?? FIRST_NAME })}</p>
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {links.map(({ href, name }) => (
            <li key={href}>
              <Link href={href} className="hover:text-ink">
                {t(`pages.${name}`)}
              </Link>
            </li>
          ))}
          {contact !== null && (
            <li>
              <a href={contact.includes("://") ? contact : `mailto:${contact}`} className="hover:text-ink">
                {t("contact")}
              </a>
            </li>
          )}
        </ul>
        <LanguageSwitch />
      </div>
    </footer>
  );
}
