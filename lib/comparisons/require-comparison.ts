import { db, type Tx } from "@/lib/db/client";
import type { Comparison } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";

/** What somebody wants of a comparison: to see that they may vote, to vote, or what its owner alone may (results, links, changes). */
export type ComparisonUse = "come" | "vote" | "own";
export type ComparisonRole = "owner" | "guest" | null;

/** What is said of a comparison that is not there, or that who asks may not know of. */
export const noComparison = () => new SalonError("not_found", "There is no such comparison.");

/**
 * Who may do what with a comparison, all of it in one place.
 * @returns null where they may, else why not: "unseen" is answered as if there were no such comparison
 */
export function comparisonRefusal(
  { archivedAt }: Pick<Comparison, "archivedAt">,
  role: ComparisonRole,
  use: ComparisonUse,
): "unseen" | "archived" | null {
  if (role === null || (role === "guest" && use === "own")) return "unseen";
  return use === "vote" && archivedAt !== null ? "archived" : null;
}

/**
 * A comparison, for a visitor who wants to do something with it.
 * @throws SalonError "not_found" for who is not invited, and for what only the owner may; "conflict" for votes on an archived one
 */
export async function requireComparison(
  ask: { comparisonId: string; voterId: string | null; to: ComparisonUse },
  tx: Tx = db(),
): Promise<Comparison & { role: ComparisonRole }> {
  const { comparisonId, voterId } = ask;
  const comparison = await tx.comparison.findUnique({ where: { id: comparisonId } });
  if (comparison === null || voterId === null) throw noComparison();
  const isOwner = comparison.ownerId === voterId;
  const isGuest = !isOwner && (await tx.comparisonGuest.count({ where: { comparisonId, voterId } })) > 0;
  const role = isOwner ? "owner" : isGuest ? "guest" : null;
  switch (comparisonRefusal(comparison, role, ask.to)) {
    case "unseen":
      throw noComparison();
    case "archived":
      throw new SalonError("conflict", "This comparison is closed: it takes no votes any more.");
  }
  return { ...comparison, role };
}
