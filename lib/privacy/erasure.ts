import type { Actor } from "@/lib/audit/actor";
import type { Asker } from "@/lib/models/visibility";
import type { Person } from "@/lib/privacy/find-person";

/** What becomes of what somebody brought and others may see: it stays as the site's own, or goes too. */
export type Listed = "keep" | "remove";

/** An erasure under way: whose, who does it, and what they chose. */
export interface Erasure {
  person: Person;
  by: Actor;
  listed: Listed;
}

/** How many things of one kind went, and how many stayed as the site's. */
export interface Outcome {
  removed: number;
  kept: number;
}

/**
 * As whom a thing of the person's is changed: with its owner's right, and in the audit log under the name of who erases. Whoever
 * opens a personal site stands there as its operator.
 */
export function onBehalf(owner: string, by: Actor): Asker {
  if (by === "operator" || by === "system") return "operator";
  const isNamed = (by.via?.userId ?? by.via?.tokenId ?? null) !== null;
  return isNamed || by.voterId === owner ? { voterId: owner, via: by.via } : "operator";
}
