import { db, type Tx } from "@/lib/db/client";
import type { HeldVotes } from "@/lib/schemas/administration/vote-admin";
import { listQuarantines } from "@/lib/votes/checks/list-quarantines";

/** What rules hold back, for a page: keyed hashes of addresses are told to nobody. */
export async function listHeldVotes(ask: { board?: string }, tx: Tx = db()): Promise<HeldVotes[]> {
  const open = await listQuarantines(ask, tx);
  return open.map(({ group, groupKey, first, last, ...rest }) => ({
    ...rest,
    group: group.toLowerCase() as Lowercase<typeof group>,
    voter: group === "VOTER" ? groupKey : null,
    first: first.toISOString(),
    last: last.toISOString(),
  }));
}
