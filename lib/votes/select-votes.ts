import { findVoters } from "@/lib/votes/find-voters";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { isId } from "@/lib/ids";

/** Which votes: all that are named in one way or another, on one board or on any. */
export type VoteSelection = {
  voteIds?: readonly string[];
  /** By id, or by the pseudonym of an exported log. */
  voters?: readonly string[];
  /** By id: votes that a rule holds back, or held back, together. */
  quarantines?: readonly string[];
  /** All that came from an address that these votes or voters came from, as long as its hash is kept. */
  addressOf?: readonly string[];
  /** The same of the networks around the addresses. */
  networkOf?: readonly string[];
  /** Of those, only the ones cast then or later. */
  since?: Date;
  /** Slug. */
  board?: string;
};

/**
 * SQL: whether a vote v is selected; null where the selection names nothing.
 * @throws SalonError "not_found" for a vote, voter, quarantine or board that is not there, or an address that is not known
 */
export async function selectVotes(selection: VoteSelection, tx: Tx): Promise<Prisma.Sql | null> {
  const named = await namedVotes(selection, tx);
  if (named.length === 0) return null;
  const conditions = [Prisma.sql`(${Prisma.join(named, " or ")})`];
  // Columns are times in UTC without a zone.
  if (selection.since !== undefined) {
    conditions.push(Prisma.sql`v.created_at >= ${selection.since}`);
  }
  return Prisma.join([...conditions, await onBoard(selection.board, tx)], " and ");
}

/** SQL: whether a vote v is on a board; any, unless one is named. */
export async function onBoard(slug: string | undefined, tx: Tx): Promise<Prisma.Sql> {
  if (slug === undefined) return Prisma.sql`true`;
  const board = await tx.board.findUnique({ where: { slug }, select: { id: true } });
  if (board === null) throw new SalonError("not_found", `There is no board ${JSON.stringify(slug)}.`);
  return Prisma.sql`v.board_id = ${board.id}`;
}

async function namedVotes(selection: VoteSelection, tx: Tx): Promise<Prisma.Sql[]> {
  const named: Prisma.Sql[] = [];
  const ids = [...new Set(selection.voteIds ?? [])];
  if (ids.length > 0) {
    const known = await tx.vote.findMany({ where: { id: { in: ids } }, select: { id: true } });
    requireAll("vote", ids, known);
    named.push(Prisma.sql`v.id = any (${ids})`);
  }
  const voters = await findVoters(selection.voters ?? [], tx);
  if (voters.length > 0) named.push(Prisma.sql`v.voter_id = any (${voters})`);
  const quarantines = [...new Set(selection.quarantines ?? [])];
  if (quarantines.length > 0) {
    const known = await tx.quarantine.findMany({ where: { id: { in: quarantines } }, select: { id: true } });
    requireAll("quarantine", quarantines, known);
    named.push(Prisma.sql`v.quarantine_id = any (${quarantines})`);
  }
  for (const column of ["addressHash", "networkHash"] as const) {
    const names = selection[column === "addressHash" ? "addressOf" : "networkOf"] ?? [];
    if (names.length === 0) continue;
    const hashes = await hashesOf(column, names, tx);
    const name = Prisma.raw(column === "addressHash" ? "address_hash" : "network_hash");
    named.push(Prisma.sql`v.${name} = any (${hashes})
      or v.battle_id in (select w.id from battles w where w.${name} = any (${hashes}))`);
  }
  return named;
}

function requireAll(noun: string, ids: readonly string[], known: readonly { id: string }[]): void {
  const found = new Set(known.map(({ id }) => id));
  const missing = ids.find((id) => !found.has(id));
  if (missing !== undefined)
    throw new SalonError("not_found", `There is no ${noun} ${JSON.stringify(missing)}.`);
}

/** Hashes of the addresses (or networks) that votes or voters came from. */
async function hashesOf(
  column: "addressHash" | "networkHash",
  names: readonly string[],
  tx: Tx,
): Promise<string[]> {
  const voteIds = names.filter((name) => isId("vote", name));
  const voterIds = await findVoters(
    names.filter((name) => !isId("vote", name)),
    tx,
  );
  const votes = { OR: [{ id: { in: voteIds } }, { voterId: { in: voterIds } }] };
  const from = [
    ...(await tx.vote.findMany({ where: votes, select: { [column]: true } })),
    ...(await tx.battle.findMany({
      where: { OR: [{ vote: { id: { in: voteIds } } }, { voterId: { in: voterIds } }] },
      select: { [column]: true },
    })),
  ] as Partial<Record<typeof column, string | null>>[];
  const hashes = [...new Set(from.flatMap((row) => row[column] ?? []))];
  if (hashes.length === 0) {
    throw new SalonError("not_found", `It is not known where ${names.join(", ")} came from, or no longer.`);
  }
  return hashes;
}
