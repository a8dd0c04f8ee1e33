import type { Actor } from "@/lib/audit/actor";
import { changeVotes, type VoteChangeSummary } from "@/lib/votes/change-votes";
import { BULK_TIMEOUT_MS } from "@/lib/votes/exclude-votes";
import { onBoard, selectVotes, type VoteSelection } from "@/lib/votes/select-votes";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";

/**
 * Count votes again that were left out or held back; with a reason, only those left out for it. The vote rules take them for
 * evidence no more.
 * @throws SalonError "invalid_request" for no selection and no reason; and as selectVotes does
 */
export async function includeVotes(
  input: VoteSelection & { reason?: string; dryRun?: boolean; by?: Actor },
  tx?: Tx,
): Promise<VoteChangeSummary> {
  const { reason, dryRun = false, by = "operator", ...selection } = input;
  return atomically(
    tx,
    async (tx) => {
      const selected = await selectVotes(selection, tx);
      if (selected === null && reason === undefined) {
        throw new SalonError("invalid_request", "Say which votes: ids, voters or groups.");
      }
      const conditions = [
        selected ?? (await onBoard(selection.board, tx)),
        ...(reason === undefined ? [] : [Prisma.sql`v.status_reason = ${reason}`]),
      ];
      return changeVotes(Prisma.join(conditions, " and "), { to: "COUNTED", by }, { dryRun }, tx);
    },
    BULK_TIMEOUT_MS,
  );
}
