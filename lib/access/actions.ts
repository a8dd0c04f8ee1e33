import type { Scope, Standing } from "@/lib/access/roles";
import type { Switches } from "@/lib/access/switches";

/** One row of the table: what is done, and who may. */
export interface ActionRow {
  /** As it ends "Sign in to ..." */
  to: string;
  /** From which role on one may, whatever the switches say. */
  least: Standing;
  /** The switch with which everybody may. */
  opened?: keyof Switches;
  /** The switch without which nobody may but the operator at the command line. */
  needs?: keyof Switches;
  /** Only with what is one's own; "own or the site's": with what belongs to nobody but the site too, for who may `site.run`. */
  with?: "own" | "own or the site's";
  /** What a token needs to be made for; null: any token may; "none": no token may. */
  scope: Scope | null | "none";
}

/**
 * The one table of who may do what. A board's own guests (lib/boards/require-board.ts), and whether something is private, are asked
 * besides: both must say yes.
 */
export const ACTIONS = {
  "public.read": {
    to: "read what is the same for everybody",
    least: "VISITOR",
    scope: null,
  },
  "site.read": {
    to: "read boards, models, runs, judges, prompts and what is exported of them, as far as one may see them",
    least: "VISITOR",
    scope: "read-private",
  },
  "battles.take": { to: "compare images", least: "VOTER", opened: "anonymousVoting", scope: "vote" },
  "votes.cast": { to: "vote", least: "VOTER", opened: "anonymousVoting", scope: "vote" },
  "votes.manage": {
    to: "see single votes, leave them out of the ratings and count them again",
    least: "CURATOR",
    opened: "personal",
    scope: "curate",
  },
  "prompts.ask": {
    to: "have a prompt of your own drawn",
    least: "VOTER",
    opened: "anonymousPrompts",
    scope: "vote",
  },
  "invites.accept": {
    to: "come onto a board, or to a comparison, by an invitation",
    least: "VISITOR",
    scope: "vote",
  },
  "boards.create": bringing("make a board", "curate"),
  "boards.edit": changing("change a board, its models and its invitations", "own or the site's", "curate"),
  "prompts.import": bringing("import prompts", "curate"),
  "prompts.edit": changing("change or remove a prompt set", "own or the site's", "curate"),
  "prompts.list": deciding("show a prompt set to everybody, or to its owner alone"),
  "references.add": bringing("upload a reference set", "curate"),
  "references.remove": changing("remove a reference set", "own or the site's", "curate"),
  "references.use": deciding("choose the reference sets that runs are scored with"),
  "judges.add": bringing("add a judge", "curate"),
  "judges.change": changing("change or remove a judge", "own or the site's", "curate"),
  "judges.admit": deciding("admit visitors' judges to the public boards"),
  "models.submit": bringing("submit a model", "submit"),
  "models.change": changing("change, withdraw, remove or open a model to prompts", "own", "submit"),
  "samples.upload": bringing("upload samples", "submit"),
  "samples.send": changing("go on with an upload of samples", "own", "submit"),
  "samples.report": { to: "report an image", least: "VISITOR", scope: "vote" },
  "samples.moderate": {
    to: "decide on reported images, and on those that a check holds",
    least: "CURATOR",
    opened: "personal",
    scope: "curate",
  },
  "runs.start": changing("run a model again", "own", "submit"),
  "runs.control": changing("stop, resume, list or rescore a run", "own", "submit"),
  "runs.share": changing("show a run to others by secret links", "own", "submit"),
  "links.open": { to: "open a secret link to a run", least: "VISITOR", scope: null },
  "runs.compare": { to: "have two runs compared", least: "VISITOR", scope: "submit" },
  "comparisons.create": bringing("ask people about runs", "curate"),
  "comparisons.change": changing("change a comparison and its links", "own", "curate"),
  "comparisons.vote": {
    to: "vote on a comparison to which you are invited",
    least: "VISITOR",
    scope: "vote",
  },
  "webhooks.add": bringing("add a webhook", "submit"),
  "webhooks.change": changing("change, test or delete a webhook", "own", "submit"),
  "site.run": {
    to: "run what belongs to the site itself",
    least: "CURATOR",
    opened: "personal",
    scope: "curate",
  },
  "settings.see": { to: "see the settings of this site", least: "ADMIN", opened: "personal", scope: "admin" },
  "settings.change": {
    to: "change the settings of this site",
    least: "ADMIN",
    opened: "personal",
    scope: "admin",
  },
  "others.manage": {
    to: "see, change and remove what others have brought",
    least: "ADMIN",
    scope: "admin",
  },
  "models.manage": {
    to: "see all models, and review, hide, run or remove them",
    least: "ADMIN",
    opened: "personal",
    scope: "admin",
  },
  "storage.manage": {
    to: "see what the disk is used for, and have it cleaned up",
    least: "ADMIN",
    opened: "personal",
    scope: "admin",
  },
  "queue.manage": {
    to: "see the queue of jobs, and have failed ones done again or removed",
    least: "ADMIN",
    opened: "personal",
    scope: "admin",
  },
  "audit.see": { to: "see the log of changes", least: "ADMIN", opened: "personal", scope: "admin" },
  "accounts.see": { to: "see the accounts of this site", least: "ADMIN", opened: "personal", scope: "admin" },
  "accounts.manage": {
    to: "invite people, change their accounts, and have their data exported or erased",
    least: "ADMIN",
    opened: "personal",
    scope: "admin",
  },
  "privacy.export": {
    to: "have your own data exported",
    least: "VISITOR",
    with: "own",
    scope: "read-private",
  },
  "privacy.erase": { to: "have your own data erased", least: "VISITOR", with: "own", scope: "none" },
  "tokens.manage": { to: "make and revoke tokens", least: "VOTER", with: "own", scope: "none" },
} as const satisfies Record<string, ActionRow>;

export type Action = keyof typeof ACTIONS;

/** Of what people bring to a site. */
function bringing(to: string, scope: Scope) {
  return { to, least: "SUBMITTER", opened: "anonymousSubmitting", needs: "submissions", scope } as const;
}

/** Of what holds for everybody on the site. */
function deciding(to: string) {
  return { to, least: "CURATOR", opened: "personal", scope: "curate" } as const;
}

/** Of what one has brought: it stays one's own when the switches change. */
function changing<W extends NonNullable<ActionRow["with"]>>(to: string, whose: W, scope: Scope) {
  return { to, least: "VISITOR", with: whose, scope } as const;
}
