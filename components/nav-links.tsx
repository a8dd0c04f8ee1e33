"use client";

import Link from "next/link";
import { usePathname } from "next/navigation";

const LINKS = [
  { href: "/arena", label: "Arena" },
  { href: "/leaderboard", label: "Leaderboard" },
  { href: "/boards", label: "Boards" },
  { href: "/models", label: "Models" },
  { href: "/stack", label: "Stack" },
  { href: "/submit", label: "Submit" },
];

/** The site's rooms, the present one marked. */
export function NavLinks() {
  const path = usePathname();
  return (
    <ul className="flex items-center sm:gap-1">
      {LINKS.map(({ href, label }) => {
        const here = path === href || path.startsWith(`${href}/`);
        return (
          <li key={href}>
            <Link
              href={href}
              aria-current={here ? "page" : undefined}
              className="text-muted hover:text-ink aria-[current]:text-ink relative flex h-14 items-center px-1.5 text-[0.8125rem] aria-[current]:after:absolute aria-[current]:after:inset-x-1.5 aria-[current]:after:bottom-0 aria-[current]:after:h-0.5 aria-[current]:after:bg-[var(--accent)] sm:px-3 sm:text-sm sm:aria-[current]:after:inset-x-3"
            >
              {label}
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
