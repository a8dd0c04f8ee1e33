"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";

/** A page that does not come in this time will say so itself. */
const LONGEST_MS = 30_000;

/** A bar across the top from the moment a link is followed until its page is there: on a slow line the page stands still meanwhile. */
export function NavigationProgress() {
  const t = useTranslations("site");
  const here = `${usePathname()}?${useSearchParams()}`;
  const [left, setLeft] = useState<string | null>(null);
  // Whoever arrived comes back to the same page with nothing under way.
  if (left !== null && left !== here) setLeft(null);

  useEffect(() => {
    const follow = (event: MouseEvent) => {
      if (leadsElsewhere(event)) setLeft(here);
    };
    window.addEventListener("click", follow);
    return () => window.removeEventListener("click", follow);
  }, [here]);
  useEffect(() => {
    if (left === null) return;
    const waiting = setTimeout(() => setLeft(null), LONGEST_MS);
    return () => clearTimeout(waiting);
  }, [left]);

  return (
    <div role="status">
      {left === here && (
        <>
          <span className="sr-only">{t("loadingPage")}</span>
          <span className="navigation-progress" aria-hidden="true" />
        </>
      )}
    </div>
  );
}

/** Whether a click takes this window to another page of the site, and not to a file, another window or a place of this page. */
function leadsElsewhere({ target, button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return false;
  const link = (target as Element | null)?.closest?.("a[href]");
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute("download")) return false;
  const { origin, pathname, search } = new URL(link.href);
  const isFile = pathname.startsWith("/api/") || pathname.startsWith("/media/");
  const isHere = pathname === window.location.pathname && search === window.location.search;
  return origin === window.location.origin && !isFile && !isHere;
}
