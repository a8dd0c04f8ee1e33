import { changeVotes, type VoteChangeSummary, type VoteSelection } from "@/lib/arena/change-votes";
import { BULK_TIMEOUT_MS } from "@/lib/arena/exclude-votes";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";

/**
 * Count votes again that were left out; with a reason, only those left out for it.
 * @throws SalonError as changeVotes does
 */
export async function includeVotes(
  input: VoteSelection & { reason?: string; dryRun?: boolean },
  tx?: Tx,
): Promise<VoteChangeSummary> {
  const { reason, dryRun = false, ...selection } = input;
  return atomically(
    tx,
    (tx) => changeVotes(selection, { to: "COUNTED", reason }, { dryRun }, tx),
    BULK_TIMEOUT_MS,
  );
}
