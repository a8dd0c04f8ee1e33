import { changeVotes, type Hold } from "@/lib/votes/change-votes";
import { BULK_TIMEOUT_MS } from "@/lib/votes/exclude-votes";
import { proveVoters } from "@/lib/votes/checks/prove-voters";
import {
  readActiveGroups,
  readCrowd,
  readGroup,
  type CheckedBattle,
} from "@/lib/votes/checks/read-vote-groups";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { VoteGroup as StoredKind } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { env } from "@/lib/env";
import type { GroupKind } from "@/lib/vote-rules/group";
import { judgeGroup, VOTE_RULES, type Judgement } from "@/lib/vote-rules/judge-group";

const DAY_MS = 24 * 60 * 60 * 1000;
/** How far back the rules look: as far as an address may be known at all. */
const windowMs = () => env().ADDRESS_HASH_DAYS * DAY_MS;
/** Votes that were on their way when the last check read the log. */
const OVERLAP_MS = 60_000;
/** A whole check looks at everyone who voted this recently, not only since the last check. */
const WHOLE_MS = 7 * DAY_MS;

const STORED_KIND = { voter: "VOTER", address: "ADDRESS", network: "NETWORK" } as const satisfies Record<
  GroupKind,
  StoredKind
>;

type Held = { kind: GroupKind; key: string; judgement: Judgement; voters: string[] };

/**
 * Judge the voters, addresses and networks that have voted on a board since its last check, and hold back the votes of
 * those whom a rule finds (lib/vote-rules): all of them in one transaction, with the pair counts and Elo. Then let voters
 * who have earned it be new no more. Safe to run twice and to kill.
 * @param input whole: everyone of the last week is judged again, by what has become known of the others since
 * @returns how many votes are held back that were not before
 */
export async function checkVotes(
  input: { boardId: string; now: number; whole?: boolean },
  db: Db,
  signal?: AbortSignal,
): Promise<{ held: number }> {
  const { boardId, now, whole = false } = input;
  const board = await db.board.findUnique({ where: { id: boardId }, select: { votesCheckedAt: true } });
  if (board === null) return { held: 0 };
  const last = (board.votesCheckedAt?.getTime() ?? now - windowMs()) - OVERLAP_MS;
  const since = whole ? now - WHOLE_MS : last;
  const found = await judgeAll({ boardId, now, since }, db, signal);
  return inTransaction(
    async (tx) => {
      const held = await holdBack(boardId, found, tx);
      await proveVoters({ boardId, since, now }, tx);
      if (!whole) {
        await tx.board.update({ where: { id: boardId }, data: { votesCheckedAt: new Date(now) } });
      }
      return { held };
    },
    db,
    BULK_TIMEOUT_MS,
  );
}

async function judgeAll(
  { boardId, now, since }: { boardId: string; now: number; since: number },
  db: Db,
  signal?: AbortSignal,
): Promise<Held[]> {
  const groups = await readActiveGroups({ boardId, since }, db);
  if (groups.length === 0) return [];
  const window = { boardId, since: now - windowMs() };
  const crowd = await readCrowd(window, db);
  const completeSince = now - env().ABANDONED_BATTLE_DAYS * DAY_MS;
  const caught = new Set<string>();
  const found: Held[] = [];
  // Voters come first: what a voter did alone is not laid at the door of an address.
  for (const { kind, key } of groups) {
    signal?.throwIfAborted();
    const battles = await readGroup({ ...window, kind, key }, db);
    for (const judgement of judgeGroup({ kind, battles, completeSince }, crowd)) {
      const voters = [...judgement.voters].filter((id) => !caught.has(id) && hasOpenVote(battles, id));
      for (const id of voters) caught.add(id);
      if (voters.length > 0) found.push({ kind, key, judgement, voters });
    }
  }
  return found;
}

const hasOpenVote = (battles: readonly CheckedBattle[], voter: string) =>
  battles.some(({ voterId, isOpen }) => voterId === voter && isOpen);

async function holdBack(boardId: string, found: readonly Held[], tx: Tx): Promise<number> {
  const holds = new Map<string, Hold>();
  for (const held of found) {
    const quarantineId = await openQuarantine(boardId, held, tx);
    const reason = VOTE_RULES[held.judgement.rule].says;
    for (const voterId of held.voters) holds.set(voterId, { quarantineId, reason });
  }
  if (holds.size === 0) return 0;
  const voters = [...holds.keys()];
  const { boards } = await changeVotes(
    Prisma.sql`v.board_id = ${boardId} and v.voter_id = any (${voters})`,
    { to: "QUARANTINED", holds },
    { dryRun: false },
    tx,
  );
  await tx.voter.updateMany({ where: { id: { in: voters } }, data: { provenAt: null } });
  return boards.reduce((sum, { votes }) => sum + votes, 0);
}

/** The open quarantine of what a rule found, with the newest numbers, or a new one. */
async function openQuarantine(boardId: string, { kind, key, judgement }: Held, tx: Tx): Promise<string> {
  const { rule, modelId, evidence } = judgement;
  const what = { boardId, rule, groupKind: STORED_KIND[kind], groupKey: key, modelId };
  const open = await tx.quarantine.findFirst({ where: { ...what, state: "OPEN" }, select: { id: true } });
  if (open !== null) {
    await tx.quarantine.update({ where: { id: open.id }, data: { evidence } });
    return open.id;
  }
  const { id } = await tx.quarantine.create({ data: { id: newId("quarantine"), ...what, evidence } });
  return id;
}
