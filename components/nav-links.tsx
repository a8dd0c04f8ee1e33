"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { isWithin, MAIN_LINKS } from "@/components/site-links";

/** Links that stay where the rest is behind the menu. */
const ALWAYS = 2;

/** The main pages, the present one marked. On a narrow screen the first ones only: SiteMenu has the others. */
export function NavLinks() {
  const t = useTranslations("site.pages");
  const path = usePathname();
  return (
    <ul className="flex items-center md:gap-1">
      {MAIN_LINKS.map(({ href, name }, index) => (
        <li key={href} className={index < ALWAYS ? undefined : "max-md:hidden"}>
          <Link
            href={href}
            aria-current={isWithin(path, href) ? "page" : undefined}
            className="text-muted hover:text-ink aria-[current]:text-ink relative flex h-14 items-center px-3 text-sm aria-[current]:after:absolute aria-[current]:after:inset-x-3 aria-[current]:after:bottom-0 aria-[current]:after:h-0.5 aria-[current]:after:bg-[var(--accent)]"
          >
            {t(name)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
