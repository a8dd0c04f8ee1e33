import { findBoard } from "@/lib/boards/find-board";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { VoteOutcome, VoteStatus } from "@/lib/db/generated/enums";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import type { ListedVote, VoteFilter, VotePage, VoteStanding } from "@/lib/schemas/administration/vote-admin";
import { toPublicOutcome } from "@/lib/votes/vote-outcome";

const PAGE = 50;
/** Votes that one page looks at: a filter that lets few through must not read a whole board. */
const WINDOW = 5_000;
const DAY_MS = 24 * 60 * 60 * 1000;

const STORED = { counted: "COUNTED", held: "QUARANTINED", excluded: "EXCLUDED" } as const satisfies Record<
  VoteStanding,
  VoteStatus
>;
const STANDING = { COUNTED: "counted", QUARANTINED: "held", EXCLUDED: "excluded" } as const satisfies Record<
  VoteStatus,
  VoteStanding
>;

type Row = Omit<ListedVote, "at" | "outcome" | "status"> & {
  createdAt: Date;
  outcome: VoteOutcome;
  status: VoteStatus;
};

/**
 * A page of a board's votes, the newest first.
 * @param ask.before `next` of the page before (lib/schemas/administration/vote-admin.ts's voteCursor)
 * @throws SalonError "not_found" for an unknown board
 */
export async function listVotes(
  ask: { filter: VoteFilter; before?: string },
  tx: Tx = db(),
): Promise<VotePage> {
  const { filter, before } = ask;
  const board = await findBoard(filter.board, tx);
  const looked = Prisma.sql`
    select v.* from votes v where ${Prisma.join(lookedAt(filter, board.id, before), " and ")}
    order by v.created_at desc, v.id desc`;
  const rows = await tx.$queryRaw<Row[]>`
    with looked as (${looked} limit ${WINDOW})
    select v.id as "voteId", v.created_at as "createdAt", v.voter_id as voter, v.outcome, v.decision_ms as "decisionMs",
      json_build_object('slug', l.slug, 'name', l.name) as left, json_build_object('slug', r.slug, 'name', r.name) as right,
      case when p.category = ${LIVE_CATEGORY} then null else p.text end as prompt, v.status, v.status_reason as reason
    from looked v
    join models l on l.id = v.left_model_id
    join models r on r.id = v.right_model_id
    join battles b on b.id = v.battle_id
    join prompts p on p.id = b.prompt_id
    where ${Prisma.join(letThrough(filter), " and ")}
    order by v.created_at desc, v.id desc limit ${PAGE + 1}`;
  const votes = rows.slice(0, PAGE).map(({ createdAt, outcome, status, ...row }) => ({
    ...row,
    at: createdAt.toISOString(),
    outcome: toPublicOutcome(outcome),
    status: STANDING[status],
  }));
  if (rows.length > PAGE) return { votes, next: cursorOf(rows[PAGE - 1].createdAt, rows[PAGE - 1].voteId) };
  const [last] = await tx.$queryRaw<{ id: string; createdAt: Date }[]>`
    select id, created_at as "createdAt" from (${looked} limit 1 offset ${WINDOW - 1}) last`;
  return { votes, next: last === undefined ? null : cursorOf(last.createdAt, last.id) };
}

const cursorOf = (at: Date, id: string) => `${at.toISOString()}_${id}`;

/** SQL: what an index finds. */
function lookedAt(
  { voter, since, until }: VoteFilter,
  boardId: string,
  before: string | undefined,
): Prisma.Sql[] {
  const conditions = [Prisma.sql`v.board_id = ${boardId}`];
  if (voter !== undefined) conditions.push(Prisma.sql`v.voter_id = ${voter}`);
  if (since !== undefined) conditions.push(Prisma.sql`v.created_at >= ${new Date(since)}`);
  if (until !== undefined)
    conditions.push(Prisma.sql`v.created_at < ${new Date(Date.parse(until) + DAY_MS)}`);
  if (before !== undefined) {
    const [at, ...id] = before.split("_");
    conditions.push(Prisma.sql`(v.created_at, v.id) < (${new Date(at)}, ${id.join("_")})`);
  }
  return conditions;
}

/** SQL: what is picked out of that. */
function letThrough({ model, status }: VoteFilter): Prisma.Sql[] {
  const conditions = [Prisma.sql`true`];
  if (model !== undefined) conditions.push(Prisma.sql`${model} in (l.slug, r.slug)`);
  if (status !== undefined) conditions.push(Prisma.sql`v.status = ${STORED[status]}::vote_status`);
  return conditions;
}
