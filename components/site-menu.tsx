"use client";

import { Menu } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { Dialog } from "radix-ui";
import { useState } from "react";
import { Sheet } from "@/components/sheet";
import { ADMIN_LINK, isWithin, MAIN_LINKS, MORE_LINKS, type SiteLink } from "@/components/site-links";
import { ThemeToggle } from "@/components/theme-toggle";

/** All pages, on screens too narrow for the row of links. */
export function SiteMenu({ runsSite = false }: { runsSite?: boolean }) {
  const t = useTranslations("site");
  const path = usePathname();
  const [openAt, setOpenAt] = useState<string | null>(null);
  // The browser's own buttons lead to other pages too: what was opened on one is closed on the next.
  if (openAt !== null && openAt !== path) setOpenAt(null);
  const close = () => setOpenAt(null);
  return (
    <Dialog.Root open={openAt !== null} onOpenChange={(isOpen) => setOpenAt(isOpen ? path : null)}>
      <Dialog.Trigger className="text-ink -mr-2 flex h-11 shrink-0 items-center gap-2 rounded-md px-2 text-sm md:hidden">
        <Menu className="size-5" aria-hidden="true" />
        {t("menu")}
      </Dialog.Trigger>
      <Sheet from="top" title={t("menu")} closeLabel={t("closeMenu")}>
        <nav aria-label={t("allPages")}>
          <Links links={MAIN_LINKS} path={path} onFollow={close} className="font-serif text-xl" />
          <Links
            links={runsSite ? [...MORE_LINKS, ADMIN_LINK] : MORE_LINKS}
            path={path}
            onFollow={close}
            className="text-muted aria-[current]:text-ink text-sm"
          />
        </nav>
        <div className="border-line text-muted mt-4 flex items-center justify-between border-t pt-3 text-sm">
          {t("theme.label")}
          <ThemeToggle />
        </div>
      </Sheet>
    </Dialog.Root>
  );
}

function Links({
  links,
  path,
  onFollow,
  className,
}: {
  links: readonly SiteLink[];
  path: string;
  onFollow: () => void;
  className: string;
}) {
  const t = useTranslations("site.pages");
  return (
    <ul className="border-line grid grid-cols-2 gap-x-4 border-t py-2">
      {links.map(({ href, name }) => (
        <li key={href}>
          <Link
            href={href}
            onClick={onFollow}
            aria-current={isWithin(path, href) ? "page" : undefined}
            className={`hover:text-accent flex min-h-11 items-center aria-[current]:underline aria-[current]:decoration-[var(--accent)] aria-[current]:decoration-2 aria-[current]:underline-offset-4 ${className}`}
          >
            {t(name)}
          </Link>
        </li>
      ))}
    </ul>
  );
}
