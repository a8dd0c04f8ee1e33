/** The pages on which a site is run, in the order in which the index has them. Who may open each is in lib/access/pages.ts. */
export const ADMIN_PAGES = [
  {
    href: "/admin/queue",
    title: "Queue",
    text: "Jobs that wait, run or failed, and the workers that do them.",
  },
  {
    href: "/admin/models",
    title: "Models",
    text: "All models, private and hidden ones too, with what you may do to each.",
  },
  {
    href: "/votes",
    title: "Votes",
    text: "Which votes count: those that rules hold back, and every single one.",
  },
  { href: "/reports", title: "Reports", text: "Images that people reported, or that a check holds." },
  {
    href: "/admin/storage",
    title: "Storage",
    text: "What the disk is used for, what is free, and when it was last backed up.",
  },
  {
    href: "/judges",
    title: "Judges",
    text: "Judges with their budgets: pause them, let them go on, remove them.",
  },
  { href: "/references", title: "References", text: "Sets of real images that distances are measured to." },
  { href: "/prompts", title: "Prompts", text: "Prompt sets, those that are not listed too." },
  { href: "/boards", title: "Boards", text: "Boards with their settings, members and invitations." },
  { href: "/settings", title: "Settings", text: "What people may do here without an account." },
  { href: "/users", title: "Users", text: "Accounts, their roles, and invitations." },
  { href: "/audit", title: "Changes", text: "Who changed what on this site." },
] as const;

export type AdminPage = (typeof ADMIN_PAGES)[number];

/** What stands on a page's card: a sentence, and whether somebody should look at it. */
export interface CardFact {
  text: string;
  needsAttention: boolean;
}
