import { changeVotes } from "@/lib/votes/change-votes";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** Votes a voter must have cast, none of them held back by a rule or excluded, and for how long. */
export const PROVEN_VOTES = 10;
export const PROVEN_AFTER_MS = 60 * 60 * 1000;

/** What the public log says of a vote that waits on a strict board. */
export const NEW_VOTER_REASON = "waits: a new voter's, on a board that is strict";

/**
 * Voters of a board who have voted for long enough without anything against them are new no more: the crowd that others are
 * compared with, and on a strict board their votes count, those that waited too.
 * @param since only those who have voted since then
 * @param now both in milliseconds since 1970
 */
export async function proveVoters(
  { boardId, since, now }: { boardId: string; since: number; now: number },
  tx: Tx,
): Promise<void> {
  const active = Prisma.sql`
    select voter_id from votes where board_id = ${boardId}
      and created_at >= ${new Date(since)}`;
  await tx.$executeRaw`
    update voters u set proven_at = ${new Date(now)}
    where u.proven_at is null and u.id in (${active})
      and ${PROVEN_VOTES} <= (select count(*) from votes v where v.voter_id = u.id)
      and (select min(v.created_at) from votes v where v.voter_id = u.id)
        <= ${new Date(now - PROVEN_AFTER_MS)}
      and not exists (
        select 1 from votes v where v.voter_id = u.id
          and (v.status = 'EXCLUDED' or v.status = 'QUARANTINED' and v.quarantine_id is not null))`;
  await changeVotes(
    Prisma.sql`v.board_id = ${boardId} and v.status = 'QUARANTINED' and v.quarantine_id is null and v.voter_id in (
      select u.id from voters u where u.proven_at is not null)`,
    { to: "COUNTED", by: "system" },
    { dryRun: false },
    tx,
  );
}
