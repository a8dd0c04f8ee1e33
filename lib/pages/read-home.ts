import { db, type Tx } from "@/lib/db/client";
import { readLeaderboard } from "@/lib/pages/read-leaderboard";
import type { HomeView } from "@/lib/schemas/views";

const LEADERS = 5;
const SAMPLES = 16;

/** The front page's facts: boards with their votes, the first board's leaders, a handful of samples. */
export async function readHome(tx: Tx = db()): Promise<HomeView> {
  const boards = await tx.$queryRaw<HomeView["boards"]>`
    select b.slug, b.name, b.description,
      (select coalesce(sum(wins_a + wins_b + ties + both_bad), 0)::int
        from pair_counts where board_id = b.id) as votes,
      (select count(*)::int from models where listed and modality = b.modality) as models
    from boards b order by b.created_at, b.id`;
  const leaders = boards.length === 0 ? [] : (await readLeaderboard({ board: boards[0].slug }, tx)).rows;
  const [{ samples: sampleCount }] = await tx.$queryRaw<{ samples: number }[]>`
    select count(*)::int as samples from samples s join models m on m.id = s.model_id
    where m.listed and s.run_id is not null`;
  return {
    boards,
    leaders: leaders.slice(0, LEADERS),
    samples: await readShowcase(tx),
    votes: boards.reduce((sum, board) => sum + board.votes, 0),
    models: await tx.model.count({ where: { listed: true } }),
    sampleCount,
  };
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
    where not p.arena and p.prompt_set_id in (select prompt_set_id from boards)
    order by p.index, p.id limit ${SAMPLES}`;
  return rows.map((row) => ({ ...row, url: `/media/samples/${row.sampleId}` }));
}
