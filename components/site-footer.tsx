import Link from "next/link";
import { MORE_LINKS } from "@/components/site-links";

/** The foot of every page. */
export function SiteFooter() {
  return (
    <footer className="border-line text-muted mt-24 border-t text-sm">
      <div className="page-wide flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-8">
        <p>Salon compares generators blind, and says how sure it is.</p>
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {MORE_LINKS.map(({ href, label }) => (
            <li key={href}>
              <Link href={href} className="hover:text-ink">
                {label}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </footer>
  );
}
