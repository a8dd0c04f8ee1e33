import { requireComparison } from "@/lib/comparisons/require-comparison";
import { db, type Tx } from "@/lib/db/client";
import type { VotingView } from "@/lib/schemas/comparisons";

/** What a voter's page is made from. @throws SalonError not_found for who is not invited */
export async function readVoting(
  ask: { comparisonId: string; voterId: string | null },
  tx: Tx = db(),
): Promise<VotingView> {
  const { id, question, role } = await requireComparison({ ...ask, to: "come" }, tx);
  return { comparisonId: id, question, isOwner: role === "owner" };
}
