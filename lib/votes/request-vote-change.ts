import type { Actor } from "@/lib/audit/actor";
import { atomically } from "@/lib/db/atomically";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";
import type { JobPayload } from "@/lib/queue/jobs";
import type { VoteChangeRequest } from "@/lib/schemas/administration/vote-admin";
import { BULK_TIMEOUT_MS, excludeVotes } from "@/lib/votes/exclude-votes";
import { includeVotes } from "@/lib/votes/include-votes";
import { selectVotes } from "@/lib/votes/select-votes";

/**
 * Have a worker leave votes out, or count them again: a board's Elo is reckoned anew from its log, which no request should wait for.
 * Changes are made one after the other, in the order in which they were asked for.
 * @throws SalonError "not_found" for a vote, voter, quarantine or board that is not there
 */
export function requestVoteChange(ask: { change: VoteChangeRequest; by: Actor }, tx?: Tx): Promise<void> {
  const { change, by } = ask;
  return atomically(tx, async (tx) => {
    await selectVotes(selectionOf(change), tx);
    await enqueue("change-votes", { ...change, by }, { queue: "change-votes" }, tx);
  });
}

/** Do what was asked for, all in one transaction. Twice is once: votes that stand as asked are left alone. */
export async function changeRequestedVotes(job: JobPayload<"change-votes">, db: Db): Promise<void> {
  const { by, reason, to } = job;
  const selection = selectionOf(job);
  try {
    await inTransaction(
      async (tx) => {
        if (to === "counted") await includeVotes({ ...selection, reason, by }, tx);
        else await excludeVotes({ ...selection, reason: reason ?? "", by }, tx);
      },
      db,
      BULK_TIMEOUT_MS,
    );
  } catch (error) {
    // What it was about went meanwhile: there is nothing left to change.
    if (!(error instanceof SalonError && error.code === "not_found")) throw error;
  }
}

function selectionOf({
  votes,
  voters,
  addressOf,
  networkOf,
  quarantines,
  board,
}: Omit<VoteChangeRequest, "to">) {
  return { voteIds: votes, voters, addressOf, networkOf, quarantines, board };
}
