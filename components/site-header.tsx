import { useTranslations } from "next-intl";
import Link from "next/link";
import { AccountLink } from "@/components/account/account-link";
import { Mark } from "@/components/mark";
import { NavLinks } from "@/components/nav-links";
import { SiteMenu } from "@/components/site-menu";
import { FIRST_NAME } from "@/lib/schemas/administration/site-look";
import { ThemeToggle } from "@/components/theme-toggle";

/** The bar on every page. */
export function SiteHeader({
  name = FIRST_NAME,
  logo = null,
  isSignedIn = false,
  runsSite = false,
}: {
  /** What the site is called. */
  name?: string;
  /** By which its logo is known; null: Salon's mark. */
  logo?: string | null;
  isSignedIn?: boolean;
  /** Whether who looks may open the admin pages. */
  runsSite?: boolean;
}) {
  const t = useTranslations("site");
  return (
    <header className="border-line bg-page/90 sticky top-0 z-40 border-b backdrop-blur">
      <div className="page-wide flex h-14 items-center gap-1 sm:gap-4 lg:gap-8">
        <Link
          href="/"
          className="text-ink flex shrink-0 items-center gap-2.5"
          aria-label={t("home", { name })}
        >
          <Mark logo={logo} />
          <span
            translate="no"
            className="max-w-48 truncate font-serif text-[1.375rem] leading-tight tracking-tight max-[26rem]:sr-only"
          >
            {name}
          </span>
        </Link>
        <nav aria-label={t("mainPages")} className="min-w-0 flex-1">
          <NavLinks />
        </nav>
        <span className="max-md:hidden">
          <ThemeToggle />
        </span>
        {runsSite && (
          <Link
            href="/admin"
            className="text-muted hover:text-ink flex min-h-11 items-center px-2 text-sm max-md:hidden"
          >
            {t("pages.admin")}
          </Link>
        )}
        <AccountLink isSignedIn={isSignedIn} />
        <SiteMenu runsSite={runsSite} />
      </div>
    </header>
  );
}
