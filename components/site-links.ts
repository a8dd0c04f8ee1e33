import type { Messages } from "@/messages/areas";

export interface SiteLink {
  href: string;
  /** Of its name in the messages of `site`. */
  name: keyof Messages["site"]["pages"];
}

/** What people come for. A phone's bar has room for the first two; its menu has all. */
export const MAIN_LINKS: readonly SiteLink[] = [
  { href: "/arena", name: "arena" },
  { href: "/leaderboard", name: "leaderboard" },
  { href: "/models", name: "models" },
  { href: "/docs/methods", name: "methods" },
  { href: "/stack", name: "learn" },
  { href: "/submit", name: "submit" },
];

/** What stands behind the numbers. */
export const MORE_LINKS: readonly SiteLink[] = [
  { href: "/boards", name: "boards" },
  { href: "/runs", name: "runs" },
  { href: "/prompts", name: "prompts" },
  { href: "/references", name: "references" },
  { href: "/judges", name: "judges" },
  { href: "/agreement", name: "agreement" },
  { href: "/docs/api", name: "api" },
  { href: "/privacy", name: "privacy" },
];

/** Of a site that has some. */
export const TERMS_LINK: SiteLink = { href: "/terms", name: "terms" };

/** For who may open it. */
export const ADMIN_LINK: SiteLink = { href: "/admin", name: "admin" };

/** Whether a page belongs to the part of the site that a link leads to. */
export function isWithin(path: string, href: string): boolean {
  return path === href || path.startsWith(`${href}/`);
}
