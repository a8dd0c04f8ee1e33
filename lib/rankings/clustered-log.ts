import { setImmediate } from "node:timers/promises";
import { entersFit } from "@/lib/boards/fit-votes";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import { Prisma } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/client";
import type { VotesOfCut } from "@/lib/snapshots/log-position";
import { ALONE, Column, LabelNumbers, takeLabels } from "@/lib/ratings/log/label-numbers";
import type { ClusteredVotes } from "@/lib/ratings/meat";
import type { PairTable } from "@/lib/ratings/pair-counts";

/** The labels a board's votes carry, in the order of `clusters`. */
export const CLUSTER_LABELS = ["voter", "prompt"] as const;

/** Votes of one read: about a megabyte. */
const PAGE = 50_000;
/** Bytes of a vote as the database packs it: three numbers of 2 bytes, the category, two hashes of 8. */
const RECORD = 24;

/** A board's votes by column: 15 bytes a vote, and 16 to 24 for each voter and prompt. */
export interface ClusteredLog {
  /** As a pair table knows them. @param category "" for the whole board's fit */
  votesOf(table: PairTable, category: string): ClusteredVotes;
}

/** The votes of a cut, with the categories that will be asked for by name. */
type LogOfCut = Omit<VotesOfCut, "category"> & { categories: readonly string[]; category?: string };

/** The categories that votes are told apart by. */
const known = ({ categories }: LogOfCut) => [...new Set([...categories, LIVE_CATEGORY])];

/**
 * Read who voted on what, up to a cut of a board's log, in pages and in bounded memory: 10 million votes take about 200 MB.
 * Voters and prompts are known by 53 bits of their ids' hash. An imported row without a prompt, or without a voter, is
 * nobody else's.
 * @param cut models: ids, sorted; those of every table that will be asked for; categories: all that will be asked for,
 * or, with `category`, none: the votes are then of that one alone
 */
export async function readClusteredLog(cut: LogOfCut, tx: Tx, signal?: AbortSignal): Promise<ClusteredLog> {
  const n = cut.models.length;
  const pair = new Column((length) => new Int32Array(length));
  const outcome = new Column((length) => new Uint8Array(length));
  const category = new Column((length) => new Int16Array(length));
  const numbers = [new LabelNumbers(), new LabelNumbers()];
  const labels = numbers.map(() => new Column((length) => new Int32Array(length)));
  for (let after = -1n; ;) {
    signal?.throwIfAborted();
    const page = await readPage(cut, after, tx);
    if (page === null) break;
    const { buffer, byteOffset, byteLength } = page.votes ?? new Uint8Array(0);
    const view = new DataView(buffer, byteOffset, byteLength);
    for (let at = 0; at < view.byteLength; at += RECORD) {
      const [left, right, code] = [view.getInt16(at), view.getInt16(at + 2), view.getInt16(at + 4)];
      const isTurned = left > right;
      pair.push(isTurned ? right * n + left : left * n + right);
      outcome.push(isTurned && code < 2 ? 1 - code : code);
      category.push(view.getInt16(at + 6));
      for (const k of [0, 1]) {
        const [high, low] = [view.getUint32(at + 8 + 8 * k), view.getUint32(at + 12 + 8 * k)];
        const hash = (high & 0x1fffff) * 2 ** 32 + low;
        labels[k].push(high === 0 && low === 0 ? ALONE : numbers[k].of(hash));
      }
    }
    after = page.last;
    await setImmediate();
  }
  const all = { pair: pair.take(), outcome: outcome.take(), category: category.take() };
  const clusters = labels.map((column, k) => takeLabels(column, numbers[k].count));
  return {
    votesOf(table, name) {
      const place = new Map(cut.models.map((model, i) => [model, i]));
      const [a, b] = [table.a, table.b].map((side) => Array.from(side, (i) => place.get(table.models[i])!));
      const rows = new Map(a.map((i, row) => [i * n + b[row], row]));
      const enters = known(cut).map((category) => entersFit(category, { ...cut, category: name }));
      const rowOf = (vote: number) =>
        (enters[all.category[vote]] ?? name === "") ? (rows.get(all.pair[vote]) ?? -1) : -1;
      let votes = 0;
      for (let k = 0; k < all.pair.length; k++) if (rowOf(k) >= 0) votes++;
      const part: ClusteredVotes = {
        pair: new Int32Array(votes),
        outcome: new Uint8Array(votes),
        clusters: clusters.map(() => new Int32Array(votes)),
      };
      for (let k = 0, at = 0; k < all.pair.length; k++) {
        const row = rowOf(k);
        if (row < 0) continue;
        part.pair[at] = row;
        part.outcome[at] = all.outcome[k];
        clusters.forEach((column, l) => (part.clusters[l][at] = column[k]));
        at++;
      }
      return part;
    },
  };
}

/**
 * The votes after an event, packed by the database: a row an object would take ten times the time. The votes of log-cut.ts,
 * looked up one by one: however the planner would join them otherwise, it would read the whole log for every page.
 */
async function readPage(
  cut: LogOfCut,
  after: bigint,
  tx: Tx,
): Promise<{ votes: Uint8Array | null; last: bigint } | null> {
  const places = (values: readonly string[]) =>
    Prisma.sql`select * from unnest(${values}::text[]) with ordinality as places (id, place)`;
  const [page] = await tx.$queryRaw<{ votes: Uint8Array | null; last: bigint | null }[]>`
    with page as materialized (
      select seq, vote_id from rating_events e
      where e.board_id = ${cut.boardId} and e.seq > ${after} and e.seq <= ${cut.lastEvent}
      order by e.seq limit ${PAGE}
    )
    select (select max(seq) from page) as last, string_agg(
      int2send((l.place - 1)::int2) || int2send((r.place - 1)::int2)
        || int2send(array_position(array['LEFT', 'RIGHT', 'TIE', 'BOTH_BAD']::vote_outcome[], v.outcome)::int2 - 1::int2)
        || int2send((coalesce(c.place, 0) - 1)::int2) || int8send(hashtextextended(v.voter_id, 0))
        || int8send(case when p.text = '' then 0 else hashtextextended(p.id, 0) end), ''::bytea order by page.seq) as votes
    from page
    cross join lateral (select * from votes where id = page.vote_id offset 0) v
    cross join lateral (select prompt_id from battles where id = v.battle_id offset 0) b
    cross join lateral (select id, text, category from prompts where id = b.prompt_id offset 0) p
    join (${places(cut.models)}) l on l.id = v.left_model_id
    join (${places(cut.models)}) r on r.id = v.right_model_id
    left join (${places(known(cut))}) c on c.id = p.category
    where not page.seq = any (${cut.exclusions}::bigint[])
      and (${cut.category ?? ""} = '' or p.category = ${cut.category ?? ""})`;
  return page.last === null ? null : { votes: page.votes, last: page.last };
}
