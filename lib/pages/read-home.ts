import { db, type Tx } from "@/lib/db/client";
import { findBoard } from "@/lib/boards/find-board";
import { IN_LISTS, ON_BOARD, onBoard } from "@/lib/boards/board-models";
import { rankingOf } from "@/lib/pages/board-rows";
import { findNewestSnapshot } from "@/lib/snapshots/find-snapshot";
import type { HomeView } from "@/lib/schemas/views";

const LEADERS = 5;
const SAMPLES = 16;

/** The front page's facts: boards with their votes, the first board's leaders, a handful of samples. */
export async function readHome(tx: Tx = db()): Promise<HomeView> {
  const boards = await tx.$queryRaw<HomeView["boards"]>`
    select b.slug, b.name, b.description,
      (select coalesce(sum(wins_a + wins_b + ties + both_bad), 0)::int
        from pair_counts where board_id = b.id) as votes,
      (select count(*)::int from models m where ${ON_BOARD}) as models
    from boards b where ${IN_LISTS} order by b.created_at, b.id`;
  const leaders = boards.length === 0 ? [] : await readLeaders(boards[0].slug, tx);
  const [{ samples: sampleCount }] = await tx.$queryRaw<{ samples: number }[]>`
    select count(*)::int as samples from samples s join models m on m.id = s.model_id
    where m.listed and s.run_id is not null`;
  return {
    boards,
    leaders,
    samples: await readShowcase(tx),
    votes: boards.reduce((sum, board) => sum + board.votes, 0),
    models: await tx.model.count({ where: { listed: true } }),
    sampleCount,
  };
}

/** The best-rated models of a board; before the first vote those that wait for one. */
async function readLeaders(slug: string, tx: Tx): Promise<HomeView["leaders"]> {
  const board = await findBoard(slug, tx);
  const snapshot = await findNewestSnapshot(board.id, "", tx);
  const models = await tx.model.findMany({
    where: onBoard(board),
    orderBy: { name: "asc" },
    select: { id: true, slug: true, name: true, creator: true, bundled: true, submitterId: true },
  });
  const rated = new Map(snapshot?.rows.map((row) => [row.modelId, row]));
  return models
    .map((model) => rankingOf(model, rated.get(model.id)))
    .sort((x, y) => (x.rank ?? Infinity) - (y.rank ?? Infinity))
    .slice(0, LEADERS);
}

/** Samples of listed models, each of another prompt that is not in the arena, models in turn; the same until new ones come. */
async function readShowcase(tx: Tx): Promise<HomeView["samples"]> {
  const rows = await tx.$queryRaw<{ sampleId: string; prompt: string }[]>`
    select one.id as "sampleId", p.text as prompt
    from prompts p
    cross join lateral (
      select s.id
      from samples s
      join runs r on r.id = s.run_id and r.superseded_at is null
      join models m on m.id = s.model_id and m.listed
      where s.prompt_id = p.id
      order by md5(p.id || m.id) limit 1
    ) one
    where not p.arena and p.prompt_set_id in (select b.prompt_set_id from boards b where ${IN_LISTS})
    order by p.index, p.id limit ${SAMPLES}`;
  return rows.map((row) => ({ ...row, url: `/media/samples/${row.sampleId}` }));
}
