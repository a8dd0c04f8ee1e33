import type { Action } from "@/lib/access/actions";

/** What only the operator does, at the command line, or Salon itself, and what somebody does who has no role yet: it stands in no table of who may. */
export const OWN_ACTIONS = [
  "accounts.create",
  "accounts.disable",
  "accounts.invite",
  "accounts.role",
  "accounts.second-factor",
  "keys.drop",
  "keys.rotate",
  "models.hide",
  "models.list",
  "models.review",
  "prompts.retire",
  "votes.exclude",
  "votes.hold",
  "votes.import",
  "votes.include",
] as const;

export type AuditAction = Exclude<Action, keyof typeof UNRECORDED> | (typeof OWN_ACTIONS)[number];

/** Actions of the table (lib/access/actions.ts) that leave no event, and why. */
export const UNRECORDED = {
  "public.read": "changes nothing",
  "site.read": "changes nothing",
  "links.open": "changes nothing; when a link was used last stands with it",
  "settings.see": "changes nothing",
  "audit.see": "changes nothing",
  "accounts.see": "changes nothing",
  "accounts.manage":
    "each change has an event of its own name: accounts.role, accounts.invite, privacy.erase ...",
  "battles.take": "votes and what leads to them have a log of their own",
  "votes.cast": "votes and what leads to them have a log of their own",
  "comparisons.vote": "votes and what leads to them have a log of their own",
  "votes.manage": "recorded as votes.exclude and votes.include",
  "prompts.ask": "a visitor's own prompt is nobody's affair, and gone in a day",
  "runs.compare": "computes what anybody may read",
  "samples.upload": "an upload says itself which files came when, from whom",
  "samples.send": "an upload says itself which files came when, from whom",
  "models.manage": "each change of it is recorded under its own name",
  "others.manage": "decides over others' actions, and is none itself",
  "site.run": "decides over others' actions, and is none itself",
} as const satisfies Partial<Record<Action, string>>;
