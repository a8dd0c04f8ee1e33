import type account from "@/messages/en/account.json";
import type admin from "@/messages/en/admin.json";
import type agreement from "@/messages/en/agreement.json";
import type arena from "@/messages/en/arena.json";
import type audit from "@/messages/en/audit.json";
import type boards from "@/messages/en/boards.json";
import type clips from "@/messages/en/clips.json";
import type compare from "@/messages/en/compare.json";
import type comparisons from "@/messages/en/comparisons.json";
import type demos from "@/messages/en/demos.json";
import type docs from "@/messages/en/docs.json";
import type evaluations from "@/messages/en/evaluations.json";
import type explorer from "@/messages/en/explorer.json";
import type home from "@/messages/en/home.json";
import type judges from "@/messages/en/judges.json";
import type leaderboard from "@/messages/en/leaderboard.json";
import type methods from "@/messages/en/methods.json";
import type models from "@/messages/en/models.json";
import type moderation from "@/messages/en/moderation.json";
import type plots from "@/messages/en/plots.json";
import type privacy from "@/messages/en/privacy.json";
import type prompts from "@/messages/en/prompts.json";
import type references from "@/messages/en/references.json";
import type runs from "@/messages/en/runs.json";
import type share from "@/messages/en/share.json";
import type site from "@/messages/en/site.json";
import type siteSettings from "@/messages/en/site-settings.json";
import type stack from "@/messages/en/stack.json";
import type submit from "@/messages/en/submit.json";
import type users from "@/messages/en/users.json";
import type viewer from "@/messages/en/viewer.json";
import type votes from "@/messages/en/votes.json";
import type webhooks from "@/messages/en/webhooks.json";

/**
 * One area a room of components/, `site` for what stands on every page and for parts that rooms share, and `stack` for the long texts of
 * /stack, which no client component needs. English is the source:
 * a key that its files do not have is a type error.
 */
export interface Messages {
  account: typeof account;
  admin: typeof admin;
  agreement: typeof agreement;
  arena: typeof arena;
  audit: typeof audit;
  boards: typeof boards;
  clips: typeof clips;
  compare: typeof compare;
  comparisons: typeof comparisons;
  demos: typeof demos;
  docs: typeof docs;
  evaluations: typeof evaluations;
  explorer: typeof explorer;
  home: typeof home;
  judges: typeof judges;
  leaderboard: typeof leaderboard;
  methods: typeof methods;
  models: typeof models;
  moderation: typeof moderation;
  plots: typeof plots;
  privacy: typeof privacy;
  prompts: typeof prompts;
  references: typeof references;
  runs: typeof runs;
  share: typeof share;
  site: typeof site;
  "site-settings": typeof siteSettings;
  stack: typeof stack;
  submit: typeof submit;
  users: typeof users;
  viewer: typeof viewer;
  votes: typeof votes;
  webhooks: typeof webhooks;
}

export type Area = keyof Messages;

export const AREAS = [
  "account",
  "admin",
  "agreement",
  "arena",
  "audit",
  "boards",
  "clips",
  "compare",
  "comparisons",
  "demos",
  "docs",
  "evaluations",
  "explorer",
  "home",
  "judges",
  "leaderboard",
  "methods",
  "models",
  "moderation",
  "plots",
  "privacy",
  "prompts",
  "references",
  "runs",
  "share",
  "site",
  "site-settings",
  "stack",
  "submit",
  "users",
  "viewer",
  "votes",
  "webhooks",
] as const satisfies readonly Area[];
