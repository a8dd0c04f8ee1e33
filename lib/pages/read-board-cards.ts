import { Prisma } from "@/lib/db/generated/client";
import { isSetOf } from "@/lib/boards/board-prompts";
import { ON_BOARD } from "@/lib/boards/board-models";
import { listBoards } from "@/lib/boards/list-boards";
import { db, type Tx } from "@/lib/db/client";
import type { Asker } from "@/lib/models/visibility";
import type { BoardCard, ShownSample } from "@/lib/schemas/views";
import type { SampleState } from "@/lib/db/generated/enums";
import { lookedAt } from "@/lib/prompts/shown-states";
import { sampleAddress } from "@/lib/schemas/sample-address";

/** Images shown of a board. */
const IMAGES = 4;
/** Boards that images are shown of: every one is a search of its own. */
const WITH_IMAGES = 60;
/** Prompts of a board that are looked at for images: its models may not have come so far. */
const LOOKED_AT = 200;

/**
 * Boards that somebody may know of with what they compare, archived ones last.
 * @param ask.archived archived ones of their own too
 * @param ask.images images of each, at most
 */
export async function readBoardCards(
  ask: { by: Asker; archived?: boolean; images?: number },
  tx: Tx = db(),
): Promise<BoardCard[]> {
  const { images = IMAGES, ...who } = ask;
  const listed = await listBoards(who, tx);
  const counts = await tx.$queryRaw<{ slug: string; votes: number; models: number; prompts: number }[]>`
    select b.slug,
      (select coalesce(sum(wins_a + wins_b + ties + both_bad), 0)::int
        from pair_counts where board_id = b.id) as votes,
      (select count(*)::int from models m where ${ON_BOARD}) as models,
      (select count(*)::int from prompts p where ${isSetOf(Prisma.sql`p.prompt_set_id`)}) as prompts
    from boards b where b.slug = any (${listed.map(({ slug }) => slug)})`;
  const numbers = new Map(counts.map(({ slug, ...numbers }) => [slug, numbers]));
  const samples = await readSamples(
    listed.filter(({ isPublic }) => isPublic).slice(0, WITH_IMAGES),
    images,
    tx,
  );
  return listed
    .map((board) => ({
      ...board,
      ...(numbers.get(board.slug) ?? { votes: 0, models: 0, prompts: 0 }),
      images: samples.get(board.slug) ?? [],
    }))
    .sort((x, y) => Number(x.isArchived) - Number(y.isArchived));
}

/**
 * Samples of boards that everyone sees, by slug: of each board's models, each of another prompt that is not in the arena, models in
 * turn; the same until new ones come.
 */
async function readSamples(
  boards: readonly { slug: string }[],
  each: number,
  tx: Tx,
): Promise<Map<string, ShownSample[]>> {
  const rows = await tx.$queryRaw<{ slug: string; sampleId: string; state: SampleState; prompt: string }[]>`
    select b.slug, shown.*
    from boards b
    cross join lateral (
      select one.id as "sampleId", one.state, p.text as prompt
      from (
        select id, index, text from prompts
        where prompt_set_id = b.prompt_set_id and not arena order by index, id limit ${LOOKED_AT}
      ) p
      cross join lateral (
        select s.id, s.state
        from samples s
        join runs r on r.id = s.run_id and r.superseded_at is null
        join models m on m.id = s.model_id and ${ON_BOARD}
        where s.prompt_id = p.id and ${lookedAt()}
        order by md5(p.id || m.id) limit 1
      ) one
      order by p.index, p.id limit ${each}
    ) shown
    where b.seen_by = 'EVERYONE' and b.slug = any (${boards.map(({ slug }) => slug)})`;
  const samples = new Map<string, ShownSample[]>();
  for (const { slug, sampleId, state, prompt } of rows) {
    const shown = { sampleId, prompt, url: sampleAddress({ id: sampleId, state }) };
    samples.set(slug, [...(samples.get(slug) ?? []), shown]);
  }
  return samples;
}
