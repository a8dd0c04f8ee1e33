import { toPairOutcome } from "@/lib/votes/vote-outcome";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { Crowd } from "@/lib/vote-rules/crowd";
import type { GroupBattle, GroupKind } from "@/lib/vote-rules/group";

/** A battle of a group, and whether its vote could be held back: it has one that no rule or person has left out. */
export type CheckedBattle = GroupBattle & { isOpen: boolean };

/** The newest votes that a crowd is made from. */
const CROWD_VOTES = 50_000;
/** The newest battles that a group is judged by. */
const GROUP_BATTLES = { voter: 1_000, address: 4_000, network: 8_000 } as const satisfies Record<
  GroupKind,
  number
>;

const KEY_COLUMN = {
  voter: Prisma.sql`voter_id`,
  address: Prisma.sql`address_hash`,
  network: Prisma.sql`network_hash`,
} as const satisfies Record<GroupKind, Prisma.Sql>;

/** Voters, addresses and networks that have voted on a board since a time, in milliseconds since 1970. */
export async function readActiveGroups(
  input: { boardId: string; since: number },
  tx: Tx,
): Promise<{ kind: GroupKind; key: string }[]> {
  const rows = await tx.$queryRaw<{ voter: string; address: string | null; network: string | null }[]>`
    select distinct b.voter_id as voter, b.address_hash as address, b.network_hash as network
    from votes v join battles b on b.id = v.battle_id
    where v.board_id = ${input.boardId} and v.created_at >= ${new Date(input.since)} and b.kind <> 'IMPORTED'`;
  const kinds = ["voter", "address", "network"] as const;
  return kinds.flatMap((kind) =>
    [...new Set(rows.flatMap((row) => row[kind] ?? []))].map((key) => ({ kind, key })),
  );
}

/** What a group was handed and voted since a time, the newest first; without what a person has looked at and let go. */
export async function readGroup(
  input: { boardId: string; kind: GroupKind; key: string; since: number },
  tx: Tx,
): Promise<CheckedBattle[]> {
  const { boardId, kind, key, since } = input;
  const rows = await tx.$queryRaw<
    (Omit<CheckedBattle, "outcome" | "at"> & { outcome: VoteOutcome | null; createdAt: Date })[]
  >`
    select b.voter_id as "voterId", b.left_model_id as left, b.right_model_id as right, v.outcome,
      v.decision_ms as "decisionMs", b.created_at as "createdAt",
      v.status = 'COUNTED' and u.proven_at is not null as "inCrowd",
      v.status = 'COUNTED' or v.status = 'QUARANTINED' and v.quarantine_id is null as "isOpen"
    from battles b
    join voters u on u.id = b.voter_id
    left join votes v on v.battle_id = b.id
    where b.board_id = ${boardId} and b.${KEY_COLUMN[kind]} = ${key} and b.created_at >= ${new Date(since)}
      and not b.reviewed and b.kind <> 'IMPORTED'
    order by b.created_at desc limit ${GROUP_BATTLES[kind]}`;
  return rows.map(({ createdAt, outcome, inCrowd, isOpen, ...row }) => ({
    ...row,
    outcome: outcome === null ? null : toPairOutcome(outcome),
    at: createdAt.getTime(),
    inCrowd: inCrowd ?? false,
    isOpen: isOpen ?? false,
  }));
}

/** What proven voters' counted votes on a board say, of the newest since a time. */
export async function readCrowd(input: { boardId: string; since: number }, tx: Tx): Promise<Crowd> {
  const rows = await tx.$queryRaw<{ left: string; right: string; outcome: VoteOutcome; votes: number }[]>`
    select left_model_id as left, right_model_id as right, outcome, count(*)::int as votes from (
      select v.left_model_id, v.right_model_id, v.outcome
      from votes v
      join voters u on u.id = v.voter_id
      join battles b on b.id = v.battle_id
      where v.board_id = ${input.boardId} and v.status = 'COUNTED' and v.created_at >= ${new Date(input.since)}
        and u.proven_at is not null and b.kind <> 'IMPORTED'
      order by v.created_at desc limit ${CROWD_VOTES}
    ) newest group by 1, 2, 3`;
  return new Crowd(rows.map((row) => ({ ...row, outcome: toPairOutcome(row.outcome) })));
}
