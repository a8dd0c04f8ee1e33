import { ACTIONS, type Action, type ActionRow } from "@/lib/access/actions";
import { isAtLeast, type Scope, type Standing } from "@/lib/access/roles";
import type { Switches } from "@/lib/access/switches";

/** Who wants to do something. */
export interface Who {
  standing: Standing;
  /** Of the token that the request came with; null: it came with none. */
  scopes: readonly Scope[] | null;
}

/** Why not: without an account; by its role; by the token's scopes; because the site takes nothing in. */
export type Refusal =
  | { why: "sign in" }
  | { why: "role"; least: Standing }
  | { why: "scope"; scope: Scope | null }
  | { why: "closed" };

/**
 * Whether somebody may do something, by the table and the switches.
 * @returns null where they may
 */
export function refusalOf(action: Action, who: Who, switches: Switches): Refusal | null {
  const row: ActionRow = ACTIONS[action];
  if (who.standing === "operator") return null;
  if (row.needs !== undefined && !switches[row.needs]) return { why: "closed" };
  const may = isAtLeast(who.standing, row.least) || (row.opened !== undefined && switches[row.opened]);
  if (!may) return who.standing === "VISITOR" ? { why: "sign in" } : { why: "role", least: row.least };
  if (who.scopes === null || row.scope === null) return null;
  if (row.scope === "none") return { why: "scope", scope: null };
  return who.scopes.includes(row.scope) ? null : { why: "scope", scope: row.scope };
}

/** What is said of a refusal, to who was refused. */
export function refusalText(action: Action, refusal: Refusal): string {
  const { to } = ACTIONS[action];
  switch (refusal.why) {
    case "sign in":
      return `Sign in to ${to}.`;
    case "role":
      return refusal.least === "operator"
        ? `Only the operator may ${to}, at the command line.`
        : `Your account may not ${to}: that takes the role ${refusal.least.toLowerCase()}.`;
    case "scope":
      return refusal.scope === null
        ? `No token may ${to}: sign in on the site.`
        : `This token may not ${to}: it lacks the scope ${refusal.scope}.`;
    case "closed":
      return "Submissions are closed on this site.";
  }
}
