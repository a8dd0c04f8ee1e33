/** The pages on which a site is run, in the order in which the index has them. Who may open each is in lib/access/pages.ts. */
export const ADMIN_PAGES = [
  { href: "/admin/queue", name: "queue" },
  { href: "/admin/models", name: "models" },
  { href: "/votes", name: "votes" },
  { href: "/reports", name: "reports" },
  { href: "/admin/storage", name: "storage" },
  { href: "/judges", name: "judges" },
  { href: "/references", name: "references" },
  { href: "/prompts", name: "prompts" },
  { href: "/boards", name: "boards" },
  { href: "/settings", name: "settings" },
  { href: "/users", name: "users" },
  { href: "/audit", name: "audit" },
] as const;

export type AdminPage = (typeof ADMIN_PAGES)[number];
