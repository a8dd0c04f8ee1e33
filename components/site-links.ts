export interface SiteLink {
  href: string;
  label: string;
}

/** What people come for. A phone's bar has room for the first two; its menu has all. */
export const MAIN_LINKS: readonly SiteLink[] = [
  { href: "/arena", label: "Arena" },
  { href: "/leaderboard", label: "Leaderboard" },
  { href: "/models", label: "Models" },
  { href: "/docs/methods", label: "Methods" },
  { href: "/stack", label: "Learn" },
  { href: "/submit", label: "Submit" },
];

/** What stands behind the numbers. */
export const MORE_LINKS: readonly SiteLink[] = [
  { href: "/boards", label: "Boards" },
  { href: "/runs", label: "Runs" },
  { href: "/prompts", label: "Prompts" },
  { href: "/references", label: "References" },
  { href: "/judges", label: "Judges" },
  { href: "/agreement", label: "Agreement" },
  { href: "/docs/api", label: "API" },
  { href: "/privacy", label: "Privacy" },
];

/** For who may open it. */
export const ADMIN_LINK: SiteLink = { href: "/admin", label: "Admin" };

/** Whether a page belongs to the part of the site that a link leads to. */
export function isWithin(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
