import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { ensureVoter } from "@/lib/votes/ensure-voter";

/** Columns that say who owns something. Votes and battles are no possession: they stay with the voter who was counted. */
export const OWNING_COLUMNS = [
  ["models", "submitter_id"],
  ["boards", "owner_id"],
  ["prompt_sets", "owner_id"],
  ["reference_sets", "owner_id"],
  ["judges", "owner_id"],
  ["webhooks", "owner_id"],
  ["comparisons", "owner_id"],
] as const;

/** Whether a voter is a visitor: neither an account's, nor one whose work has gone to an account. Their cookie is worth nothing. */
export async function isVisitor(voterId: string, tx: Tx = db()): Promise<boolean> {
  const [taken] = await tx.$queryRaw<unknown[]>`
    select 1 from voters v left join users u on u.voter_id = v.id
    where v.id = ${voterId} and (u.id is not null or v.merged_into_id is not null)`;
  return taken === undefined;
}

/**
 * Give an account its voter when somebody has signed in: the browser's visitor the first time, if that is nobody's yet. Later, what
 * another visitor of theirs has made moves to the account's voter. Safe to run twice, and by two sign-ins at once.
 * @param visitorId the voter of the browser's cookie, null without one
 * @returns the account's voter
 */
export function tieVoter(ask: { userId: string; visitorId: string | null }, tx?: Tx): Promise<string> {
  return atomically(tx, async (tx) => {
    const [user] = await tx.$queryRaw<{ voterId: string | null }[]>`
      select voter_id as "voterId" from users where id = ${ask.userId} for update`;
    if (user === undefined) throw new SalonError("not_found", "There is no such account.");
    const visitorId = ask.visitorId === null ? null : await lockVisitor(ask.visitorId, tx);
    if (user.voterId === null) {
      const voterId = visitorId ?? (await ensureVoter(null, tx)).voterId;
      await tx.$executeRaw`update users set voter_id = ${voterId} where id = ${ask.userId}`;
      return voterId;
    }
    if (visitorId !== null)
      await tx.$executeRaw`update voters set merged_into_id = ${user.voterId} where id = ${visitorId}`;
    await moveWork(user.voterId, tx);
    return user.voterId;
  });
}

/** The visitor's row, locked, so that two accounts cannot both have it; null when it is an account's already. */
async function lockVisitor(voterId: string, tx: Tx): Promise<string | null> {
  await ensureVoter(voterId, tx);
  await tx.$queryRaw`select 1 from voters where id = ${voterId} for update`;
  return (await isVisitor(voterId, tx)) ? voterId : null;
}

/** All that voters merged into one own becomes that one's, also what they made while an earlier move was under way. */
async function moveWork(voterId: string, tx: Tx): Promise<void> {
  const theirs = Prisma.sql`(select id from voters where merged_into_id = ${voterId})`;
  for (const [table, column] of OWNING_COLUMNS) {
    const owner = Prisma.raw(column);
    await tx.$executeRaw`update ${Prisma.raw(table)} set ${owner} = ${voterId} where ${owner} in ${theirs}`;
  }
  // Who was invited twice keeps the wider role: the enum's values stand in that order.
  await tx.$executeRaw`
    insert into board_guests (board_id, voter_id, role, invite_id, created_at)
    select distinct on (board_id) board_id, ${voterId}, role, invite_id, created_at
    from board_guests where voter_id in ${theirs} order by board_id, role desc
    on conflict (board_id, voter_id) do update
      set role = excluded.role, invite_id = excluded.invite_id where excluded.role > board_guests.role`;
  await tx.$executeRaw`delete from board_guests where voter_id in ${theirs}`;
  await tx.$executeRaw`
    insert into comparison_guests (comparison_id, voter_id, invite_id, created_at)
    select distinct on (comparison_id) comparison_id, ${voterId}, invite_id, created_at
    from comparison_guests where voter_id in ${theirs} order by comparison_id, created_at
    on conflict do nothing`;
  await tx.$executeRaw`delete from comparison_guests where voter_id in ${theirs}`;
}
