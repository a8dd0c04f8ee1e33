import Link from "next/link";
import { ThemeToggle } from "@/components/theme-toggle";

const LINKS = [
  { href: "/docs/methods", label: "How it is measured" },
  { href: "/docs/api", label: "API" },
  { href: "/boards", label: "Boards" },
  { href: "/runs", label: "Runs" },
  { href: "/prompts", label: "Prompts" },
  { href: "/references", label: "References" },
  { href: "/judges", label: "Judges" },
  { href: "/agreement", label: "Agreement" },
  { href: "/submit", label: "Submit a model" },
];

/** The foot of every page. */
export function SiteFooter() {
  return (
    <footer className="border-line text-muted mt-24 border-t text-sm">
      <div className="page-wide flex flex-wrap items-center justify-between gap-x-8 gap-y-3 py-8">
        <p>Salon compares generators blind, and says how sure it is.</p>
        <ul className="flex flex-wrap gap-x-6 gap-y-2">
          {LINKS.map(({ href, label }) => (
            <li key={href}>
              <Link href={href} className="hover:text-ink">
                {label}
              </Link>
            </li>
          ))}
        </ul>
        <span className="-ml-3 sm:hidden">
          <ThemeToggle />
        </span>
      </div>
    </footer>
  );
}
