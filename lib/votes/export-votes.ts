import { inFit, type FitScope } from "@/lib/boards/fit-votes";
import { toPairOutcome } from "@/lib/votes/vote-outcome";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { BoardAudience, VoteOutcome } from "@/lib/db/generated/enums";
import { findBoard } from "@/lib/boards/find-board";
import { noSnapshot } from "@/lib/snapshots/missing-snapshot";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import { voteLogColumns } from "@/lib/ratings/log/write-vote-log";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import type { Criterion } from "@/lib/schemas/criteria";
import type { VoteLogRow } from "@/lib/schemas/vote-log";
import { signText } from "@/lib/secrets/sign";
import { tableFile, type TableFormat } from "@/lib/tables/table-file";

const PAGE = 5_000;
const WINNER = { a: "model_a", b: "model_b", tie: "tie", both_bad: "both_bad" } as const;

/**
 * A board's votes in the order in which they were applied, in the LMArena layout: model_a is the left side, models by
 * name with the slug beside it (in the name too, where two share one), voters by a pseudonym that is stable here and says nothing elsewhere; votes that are left out of the ratings carry
 * the reason in `excluded`, so that anyone can recompute with and without them; of which images are not shown as they were any more
 * `images_gone` tells. Visitors' own prompts are left out.
 * Yields pieces of a few thousand votes each. With `snapshot`: the votes that snapshot was made from, and those it
 * left out, as it saw them, whatever happened to them later.
 * @throws SalonError "not_found" for an unknown board, or a snapshot that is not the board's, before the first piece
 */
export async function exportVotes(
  input: {
    board: string;
    format: TableFormat;
    snapshot?: string;
    /** Whether each row says which vote it is: for operators. */
    ids?: boolean;
  },
  tx: Tx = db(),
): Promise<AsyncGenerator<string | Uint8Array>> {
  const board = await findBoard(input.board, tx);
  const cut = input.snapshot === undefined ? null : await readCut(input.snapshot, board.id, tx);
  const ids = input.ids ?? false;
  return tableFile(input.format, voteLogColumns(ids), readPages({ board, cut, ids }, tx));
}

type Cut = FitScope & { models: string[]; lastEvent: bigint; exclusions: bigint[] };

/** What a snapshot saw of the log. */
async function readCut(id: string, boardId: string, tx: Tx): Promise<Cut> {
  const stored = await tx.ratingSnapshot.findFirst({
    where: { id, boardId },
    select: { category: true, details: true },
  });
  if (stored === null) {
    throw await noSnapshot(id, tx, { boardId });
  }
  const { models, lastEvent, exclusions, countsLiveVotes } = snapshotDetails.parse(stored.details);
  return { category: stored.category, countsLiveVotes, models, lastEvent, exclusions };
}

/** SQL: the votes to write. Without a cut, all on models that are not hidden: of a board that everyone sees, on listed ones. */
function within(cut: Cut | null, { seenBy }: { seenBy: BoardAudience }): Prisma.Sql {
  if (cut === null) {
    return seenBy === "EVERYONE"
      ? Prisma.sql`l.listed and r.listed`
      : Prisma.sql`l.hidden_at is null and r.hidden_at is null`;
  }
  return Prisma.sql`e.seq <= ${cut.lastEvent} and l.id = any (${cut.models}) and r.id = any (${cut.models})
    and ${inFit(cut)}`;
}

/** SQL: whether a vote was left out. */
const leftOut = (cut: Cut | null): Prisma.Sql =>
  cut === null ? Prisma.sql`v.status <> 'COUNTED'` : Prisma.sql`e.seq = any (${cut.exclusions}::bigint[])`;

async function* readPages(
  input: { board: { id: string; seenBy: BoardAudience }; cut: Cut | null; ids: boolean },
  tx: Tx,
): AsyncGenerator<VoteLogRow[]> {
  const { board, cut, ids } = input;
  const shared = await sharedNames(tx);
  const nameOf = (name: string, slug: string) => (shared.has(name) ? `${name} (${slug})` : name);
  for (let after = 0n; ;) {
    const rows = await tx.$queryRaw<
      {
        seq: bigint;
        left: string;
        right: string;
        leftName: string;
        rightName: string;
        outcome: VoteOutcome;
        voterId: string;
        createdAt: Date;
        prompt: string;
        category: string;
        id: string;
        excluded: string | null;
        leftGone: boolean;
        rightGone: boolean;
        answers: Partial<Record<Criterion, VoteOutcome>> | null;
      }[]
    >`
      select e.seq, l.slug as left, r.slug as right, l.name as "leftName", r.name as "rightName", v.outcome,
        v.voter_id as "voterId", v.created_at as "createdAt", p.text as prompt, p.category,
        v.id, case when ${leftOut(cut)} then 
          coalesce(v.status_reason, nullif(lower(v.status::text), 'counted'), 'excluded') end as excluded,
        coalesce(sl.state <> 'VISIBLE', false) as "leftGone", coalesce(sr.state <> 'VISIBLE', false) as "rightGone",
        (select json_object_agg(a.criterion, a.outcome) from vote_answers a where a.vote_id = v.id) as answers
      from rating_events e
      join votes v on v.id = e.vote_id
      join battles b on b.id = v.battle_id
      join prompts p on p.id = b.prompt_id
      join models l on l.id = v.left_model_id
      join models r on r.id = v.right_model_id
      left join samples sl on sl.id = b.left_sample_id
      left join samples sr on sr.id = b.right_sample_id
      where e.board_id = ${board.id} and e.seq > ${after} and ${within(cut, board)}
      order by e.seq limit ${PAGE}`;
    yield await Promise.all(
      rows.map(async (row): Promise<VoteLogRow> => ({
        model_a: nameOf(row.leftName, row.left),
        model_b: nameOf(row.rightName, row.right),
        winner: WINNER[toPairOutcome(row.outcome)],
        judge: await signText("voter-pseudonym", row.voterId),
        tstamp: Math.floor(row.createdAt.getTime() / 1000),
        // Imported rows without a prompt have an empty one.
        ...(row.category === LIVE_CATEGORY || row.prompt === "" ? {} : { prompt: row.prompt }),
        category: row.category,
        ...(row.excluded === null ? {} : { excluded: row.excluded }),
        winner_aesthetics: winnerOf(row.answers?.aesthetics),
        winner_prompt_following: winnerOf(row.answers?.prompt_following),
        winner_motion: winnerOf(row.answers?.motion),
        winner_consistency: winnerOf(row.answers?.consistency),
        slug_a: row.left,
        slug_b: row.right,
        images_gone: goneOf(row),
        ...(ids ? { vote_id: row.id } : {}),
      })),
    );
    if (rows.length < PAGE) return;
    after = rows[rows.length - 1].seq;
  }
}

/** Names that more than one model has. */
async function sharedNames(tx: Tx): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ name: string }[]>`
    select name from models group by name having count(*) > 1`;
  return new Set(rows.map(({ name }) => name));
}

const goneOf = ({ leftGone, rightGone }: { leftGone: boolean; rightGone: boolean }) =>
  leftGone && rightGone ? "both" : leftGone ? "model_a" : rightGone ? "model_b" : undefined;

const winnerOf = (answer: VoteOutcome | undefined) =>
  answer === undefined ? undefined : WINNER[toPairOutcome(answer)];
