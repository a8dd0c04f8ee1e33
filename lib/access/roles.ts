/** Somebody without an account first, then what an account may be, each with all that the one before it may. */
export const ROLES = ["VISITOR", "VOTER", "SUBMITTER", "CURATOR", "ADMIN", "OWNER"] as const;

export type Role = (typeof ROLES)[number];

/** Who asks, for the table: the command line is nobody's role, and may all that roles may. */
export type Standing = Role | "operator";

/** Whether one standing has at least what another has. */
export function isAtLeast(standing: Standing, least: Standing): boolean {
  return rank(standing) >= rank(least);
}

const rank = (standing: Standing) => (standing === "operator" ? ROLES.length : ROLES.indexOf(standing));

/** What a token may be made for. */
export const SCOPES = ["vote", "submit", "read-private", "curate", "admin"] as const;

export type Scope = (typeof SCOPES)[number];
