import type { Actor } from "@/lib/audit/actor";
import { changeVotes, type VoteChangeSummary } from "@/lib/votes/change-votes";
import { selectVotes, type VoteSelection } from "@/lib/votes/select-votes";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { LONGEST_VOTE_REASON } from "@/lib/schemas/administration/vote-admin";

/** A whole board's log may have to be replayed. */
export const BULK_TIMEOUT_MS = 60 * 60 * 1000;

/**
 * Leave votes out of every rating: they stay in the log, marked with the reason, which is public (snapshots, the board's
 * analysis, the exported log). Votes left out already keep their first reason; votes cast later count.
 * @throws SalonError "invalid_request" without a reason, with one over 80 characters or for no selection; and as selectVotes does
 */
export async function excludeVotes(
  input: VoteSelection & { reason: string; dryRun?: boolean; by?: Actor },
  tx?: Tx,
): Promise<VoteChangeSummary> {
  const { dryRun = false, by = "operator", ...selection } = input;
  const reason = input.reason.trim().replace(/\s+/g, " ");
  if (reason === "" || reason.length > LONGEST_VOTE_REASON) {
    throw new SalonError(
      "invalid_request",
      `Give a reason of 1 to ${LONGEST_VOTE_REASON} characters; it is public.`,
      {
        field: "reason",
      },
    );
  }
  return atomically(
    tx,
    async (tx) => {
      const selected = await selectVotes(selection, tx);
      if (selected === null)
        throw new SalonError("invalid_request", "Say which votes: ids, voters or groups.");
      return changeVotes(selected, { to: "EXCLUDED", reason, by }, { dryRun }, tx);
    },
    BULK_TIMEOUT_MS,
  );
}
