import { onBoard } from "@/lib/boards/board-models";
import { findBoard, type FoundBoard } from "@/lib/boards/find-board";
import { inFit } from "@/lib/boards/fit-votes";
import { countedCategories } from "@/lib/boards/pair-count-rows";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { BattleKind, SampleState, VoteOutcome } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { sampleClips } from "@/lib/runs/sample-clips";
import { mayBeLookedAt } from "@/lib/prompts/shown-states";
import type { PairVote, PairVotes } from "@/lib/schemas/explorer";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import { sampleAddress } from "@/lib/schemas/sample-address";
import { toPublicOutcome } from "@/lib/votes/vote-outcome";

const PAGE = 30;

interface VotedSample {
  id: string;
  state: SampleState;
  video: unknown;
}

interface Row {
  voteId: string;
  createdAt: Date;
  leftId: string;
  outcome: VoteOutcome;
  kind: BattleKind;
  text: string;
  category: string;
  arena: boolean;
  excluded: string | null;
  left: VotedSample | null;
  right: VotedSample | null;
}

/**
 * The votes between two of a board's models, newest first, with what the public vote log says of each: visitors' own prompts are left
 * out, and votes that do not count carry the reason. Images are shown beside names once their prompt has left the arena, and of boards
 * that everyone sees.
 * @param ask.a slug, as ask.b
 * @param ask.before `next` of the page before (lib/schemas/explorer.ts's pairCursor)
 * @throws SalonError "not_found" for an unknown board, or a model that does not stand on it
 */
export async function readPairVotes(
  ask: { board: string; a: string; b: string; before?: string },
  tx: Tx = db(),
): Promise<PairVotes> {
  const board = await findBoard(ask.board, tx);
  const models = await tx.model.findMany({
    where: { AND: [onBoard(board), { slug: { in: [ask.a, ask.b] } }] },
    select: { id: true, slug: true, name: true },
  });
  const side = (slug: string) => {
    const model = models.find((each) => each.slug === slug);
    if (model === undefined || ask.a === ask.b)
      throw new SalonError("not_found", `${JSON.stringify(slug)} is no other model of this board.`, {
        field: "vs",
      });
    return model;
  };
  const [a, b] = [side(ask.a), side(ask.b)];
  const rows = await readRows({ boardId: board.id, a: a.id, b: b.id, before: ask.before }, tx);
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  return {
    a: { slug: a.slug, name: a.name },
    b: { slug: b.slug, name: b.name },
    counted: await countPair(board, { a: a.id, b: b.id }, tx),
    votes: shown.map((row) => viewOf(row, { a: a.id, isOpen: board.seenBy === "EVERYONE" })),
    next: rows.length > PAGE && last ? `${last.createdAt.toISOString()}_${last.voteId}` : null,
  };
}

type Of = { boardId: string; a: string; b: string; before?: string };

/** Votes with either model on the left are two ranges of one index; the newest of both are a page. */
async function readRows({ boardId, a, b, before }: Of, tx: Tx): Promise<Row[]> {
  const [at, ...id] = before?.split("_") ?? [];
  const older = before
    ? Prisma.sql`(v.created_at, v.id) < (${new Date(at)}, ${id.join("_")})`
    : Prisma.sql`true`;
  const between = (left: string, right: string) => Prisma.sql`(
    select v.* from votes v
    where v.board_id = ${boardId} and v.left_model_id = ${left} and v.right_model_id = ${right} and ${older}
    order by v.created_at desc, v.id desc limit ${PAGE + 1})`;
  return tx.$queryRaw<Row[]>`
    select v.id as "voteId", v.created_at as "createdAt", v.left_model_id as "leftId", v.outcome, b.kind, p.text, p.category, p.arena,
      case when v.status <> 'COUNTED' then coalesce(v.status_reason, lower(v.status::text)) end as excluded,
      case when l.run_id is not null then json_build_object('id', l.id, 'state', l.state, 'video', la.video) end as left,
      case when r.run_id is not null then json_build_object('id', r.id, 'state', r.state, 'video', ra.video) end as right
    from (${between(a, b)} union all ${between(b, a)}) v
    join battles b on b.id = v.battle_id
    join prompts p on p.id = b.prompt_id
    left join samples l on l.id = b.left_sample_id
    left join samples r on r.id = b.right_sample_id
    left join artifacts la on la.sha256 = l.artifact_hash
    left join artifacts ra on ra.sha256 = r.artifact_hash
    order by v.created_at desc, v.id desc limit ${PAGE + 1}`;
}

function viewOf(row: Row, { a, isOpen }: { a: string; isOpen: boolean }): PairVote {
  const { createdAt, leftId, outcome, text, category, excluded } = row;
  const leftIs = leftId === a ? "a" : "b";
  const isOwn = category === LIVE_CATEGORY;
  const pair = isOpen && !isOwn && !row.arena ? pairOf(row, leftIs) : null;
  return {
    at: createdAt.toISOString(),
    leftIs,
    outcome: toPublicOutcome(outcome),
    prompt: isOwn || text === "" ? null : text,
    category,
    excluded,
    images: pair && { a: sampleAddress(pair.a), b: sampleAddress(pair.b) },
    clips: pair && sampleClips([pair.a], [pair.b])[0],
    withheld: pair === null ? whyNone(row, isOwn) : null,
  };
}

/** Both samples, where both may be looked at. */
function pairOf({ left, right }: Row, leftIs: "a" | "b"): Record<"a" | "b", VotedSample> | null {
  if (!left || !right || !mayBeLookedAt(left) || !mayBeLookedAt(right)) return null;
  return leftIs === "a" ? { a: left, b: right } : { a: right, b: left };
}

function whyNone({ kind, arena }: Row, isOwn: boolean): PairVote["withheld"] {
  if (isOwn || kind === "LIVE") return "own-prompt";
  if (kind === "IMPORTED") return "imported";
  return arena ? "arena" : "gone";
}

/** What the whole board's fit counts between the two, by the index of each category: no other pair's are read. */
async function countPair(
  { id: boardId, countsLiveVotes }: FoundBoard,
  { a, b }: { a: string; b: string },
  tx: Tx,
): Promise<PairVotes["counted"]> {
  const [first, second] = [a, b].sort();
  const [sums] = await tx.$queryRaw<[{ winsA: number; winsB: number; ties: number; bothBad: number }]>`
    with recursive ${countedCategories(boardId)}
    select coalesce(sum(p.wins_a), 0)::int as "winsA", coalesce(sum(p.wins_b), 0)::int as "winsB",
      coalesce(sum(p.ties), 0)::int as ties, coalesce(sum(p.both_bad), 0)::int as "bothBad"
    from categories c
    join pair_counts p on p.board_id = ${boardId} and p.category = c.category
      and p.model_a = ${first} and p.model_b = ${second} and ${inFit({ category: "", countsLiveVotes })}`;
  const [winsA, winsB] = first === a ? [sums.winsA, sums.winsB] : [sums.winsB, sums.winsA];
  return { a: winsA, b: winsB, tie: sums.ties, bothBad: sums.bothBad };
}
