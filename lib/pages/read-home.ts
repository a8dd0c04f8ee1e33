import { findBoard } from "@/lib/boards/find-board";
import { onBoard } from "@/lib/boards/board-models";
import { db, type Tx } from "@/lib/db/client";
import { rankingOf } from "@/lib/pages/board-rows";
import { readBoardCards } from "@/lib/pages/read-board-cards";
import { readMedianLatencies } from "@/lib/scores/median-latency";
import { findNewestSnapshot } from "@/lib/snapshots/find-snapshot";
import { readPageLook } from "@/lib/settings/read-look";
import type { HomeView } from "@/lib/schemas/views";

const LEADERS = 5;
/** Models held against their price and speed. */
const PRICED = 24;
const SAMPLES = 16;
/** Images shown of each board. */
const IMAGES = 4;

/** The front page's facts: the boards that everyone sees, the first one's leaders, a handful of samples. */
export async function readHome(tx: Tx = db()): Promise<HomeView> {
  const { homeBoards } = await readPageLook(tx);
  const cards = chosen(await readBoardCards({ by: { voterId: null }, images: SAMPLES }, tx), homeBoards);
  const boards = cards.map((board) => ({ ...board, images: board.images.slice(0, IMAGES) }));
  const [counts] = await tx.$queryRaw<{ models: number; samples: number }[]>`
    with shown as (
      select distinct m.id from models m join board_models x on x.model_id = m.id and x.state = 'MEMBER'
      join boards b on b.id = x.board_id
      where m.listed and b.slug = any (${boards.map(({ slug }) => slug)}))
    select (select count(*)::int from shown) as models,
      (select count(*)::int from samples s join shown on shown.id = s.model_id where s.run_id is not null) as samples`;
  return {
    boards,
    ...(boards.length === 0 ? { leaders: [], priced: [] } : await readLeaders(boards[0].slug, tx)),
    samples: inTurn(cards.map(({ images }) => images)).slice(0, SAMPLES),
    votes: boards.reduce((sum, board) => sum + board.votes, 0),
    models: counts.models,
    sampleCount: counts.samples,
  };
}

/** The boards that the site's settings choose, in their order; all of them where they choose none that is open. */
function chosen<B extends { slug: string }>(boards: B[], slugs: string[] | null): B[] {
  const found = (slugs ?? []).flatMap((slug) => boards.filter((board) => board.slug === slug));
  return found.length > 0 ? found : boards;
}

/** The best-rated models of a board, before the first vote those that wait for one, and what the best cost. */
async function readLeaders(slug: string, tx: Tx): Promise<Pick<HomeView, "leaders" | "priced">> {
  const board = await findBoard(slug, tx);
  const snapshot = await findNewestSnapshot(board.id, "", tx);
  const models = await tx.model.findMany({
    where: onBoard(board),
    orderBy: { name: "asc" },
    select: {
      ...{ id: true, slug: true, name: true, creator: true, bundled: true, submitterId: true },
      ...{ pricePerImageUsd: true, openWeights: true },
    },
  });
  const rated = new Map(snapshot?.rows.map((row) => [row.modelId, row]));
  const rows = models
    .map((model) => ({ model, row: rankingOf(board, model, rated.get(model.id)) }))
    .sort((x, y) => (x.row.rank ?? Infinity) - (y.row.rank ?? Infinity));
  const best = rows.filter(({ row }) => row.rank !== null).slice(0, PRICED);
  const latencies = await readMedianLatencies(
    best.map(({ model }) => model.id),
    board,
    tx,
  );
  return {
    leaders: rows.slice(0, LEADERS).map(({ row }) => row),
    priced: best.map(({ model: { id, pricePerImageUsd, openWeights }, row }) => ({
      ...row,
      pricePerImageUsd: pricePerImageUsd?.toNumber() ?? null,
      medianLatencyMs: latencies.get(id) ?? null,
      openWeights,
    })),
  };
}

/** The first of each list, then the second of each, and so on. */
function inTurn<T>(lists: readonly T[][]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}
