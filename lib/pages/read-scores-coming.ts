import { ON_BOARD } from "@/lib/boards/board-models";
import { isSetOf } from "@/lib/boards/board-prompts";
import { findBoard } from "@/lib/boards/find-board";
import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { ScoresComing } from "@/lib/schemas/views";

/** A pace of fewer seconds says nothing. */
const ENOUGH_SECONDS = 5;

/**
 * Which of a board's models have no final scores yet because their run over its prompts is going on, and about how long their images
 * still take at the pace of the last minute; null: none.
 * @throws SalonError "not_found" for an unknown board
 */
export async function readScoresComing(
  input: { board: string },
  tx: Tx = db(),
): Promise<ScoresComing | null> {
  const board = await findBoard(input.board, tx);
  const [row] = await tx.$queryRaw<
    [{ models: number; soFar: number; of: number; left: number; made: number; seconds: number | null }]
  >`
    with standing as (
      select m.id from models m, boards b where b.id = ${board.id} and ${ON_BOARD}),
    going as (
      select r.* from runs r join standing on standing.id = r.model_id join boards b on b.id = ${board.id}
      where r.state in ('QUEUED', 'GENERATING', 'EXTRACTING', 'SCORING') and r.superseded_at is null
        and ${isSetOf(Prisma.sql`r.prompt_set_id`)}
        and not exists (select from runs p where p.model_id = r.model_id and p.prompt_set_id = r.prompt_set_id
          and p.state = 'PUBLISHED' and p.superseded_at is null))
    select count(distinct model_id)::int as models,
      count(distinct model_id) filter (where scored_prompts > 0)::int as "soFar",
      (select count(*)::int from standing) as of,
      coalesce(sum(greatest(0, prompt_count * samples_per_prompt
        - (select count(*) from samples s where s.run_id = going.id)
        - (select count(*) from sample_failures f where f.run_id = going.id))), 0)::int as left,
      coalesce(sum((select count(*) from samples s
        where s.run_id = going.id and s.created_at > now() - interval '1 minute')), 0)::int as made,
      least(60, extract(epoch from now() - min(started_at)))::float8 as seconds
    from going`;
  if (row.models === 0) return null;
  const { models, soFar, of, left, made, seconds } = row;
  const hasPace = made > 0 && seconds !== null && seconds >= ENOUGH_SECONDS;
  return { models, soFar, of, secondsLeft: hasPace ? Math.round((left * seconds) / made) : null };
}
