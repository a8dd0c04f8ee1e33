import { onBoard } from "@/lib/boards/board-models";
import { promptSetsOf } from "@/lib/boards/board-prompts";
import { findBoard, type FoundBoard } from "@/lib/boards/find-board";
import { db, type Tx } from "@/lib/db/client";
import type { SampleState } from "@/lib/db/generated/enums";
import { readBoardRows } from "@/lib/pages/board-rows";
import { lookedAt } from "@/lib/prompts/shown-states";
import { FEWEST_COMPARED, type ModelComparison } from "@/lib/schemas/model-comparison";
import { sampleAddress } from "@/lib/schemas/sample-address";
import { findNewestSnapshot } from "@/lib/snapshots/find-snapshot";
import { findPairs } from "@/lib/snapshots/snapshot-analysis";

const PROMPTS = 24;

/**
 * Some of a board's models side by side: their rows, the votes between each two, and their images of the same prompts. Nothing is
 * fitted, and of the board's models only those asked for are read. Images are shown of boards that everyone sees, as on their cards.
 * @param input.models slugs, two to four; what is not on the board is named as unknown
 * @throws SalonError "not_found" for an unknown board
 */
export async function readModelComparison(
  input: { board: string; models: string[] },
  tx: Tx = db(),
): Promise<ModelComparison> {
  const board = await findBoard(input.board, tx);
  const standing = await tx.model.findMany({
    where: onBoard(board),
    select: { id: true, slug: true, name: true },
    orderBy: { name: "asc" },
  });
  const found = input.models.flatMap((slug) => standing.find((model) => model.slug === slug) ?? []);
  const snapshot = await findNewestSnapshot(board.id, "", tx);
  const ids = found.map(({ id }) => id);
  const slugs = new Map(found.map(({ id, slug }) => [id, slug]));
  const { rows } = await readBoardRows(board, { snapshot }, tx, ids);
  const isEnough = found.length >= FEWEST_COMPARED;
  const pairs = isEnough ? await findPairs(board.id, ids, tx) : [];
  return {
    board: { slug: board.slug, name: board.name, isVideo: board.modality === "TEXT_TO_VIDEO" },
    snapshot: snapshot && { votes: snapshot.votes, createdAt: snapshot.createdAt.toISOString() },
    models: found.flatMap(({ id }) => rows.find(({ modelId }) => modelId === id) ?? []),
    unknown: input.models.filter((slug) => !found.some((model) => model.slug === slug)),
    pairs: pairs.map((pair) => ({ ...pair, a: slugs.get(pair.a)!, b: slugs.get(pair.b)! })),
    prompts: isEnough && board.seenBy === "EVERYONE" ? await readPrompts(board, ids, tx) : [],
    choices: standing.map(({ slug: model, name }) => ({ model, name })),
  };
}

/** The first prompts outside the arena that all of these models have an image of. */
async function readPrompts(
  board: FoundBoard,
  modelIds: string[],
  tx: Tx,
): Promise<ModelComparison["prompts"]> {
  const rows = await tx.$queryRaw<
    { prompt: string; category: string; samples: { model: string; id: string; state: SampleState }[] }[]
  >`
    with newest as (
      select distinct on (p.id, s.model_id) p.id, p.text, p.category, p.index, p.prompt_set_id,
        s.model_id, s.id as sample_id, s.state
      from samples s
      join prompts p on p.id = s.prompt_id and not p.arena
      join runs r on r.id = s.run_id and r.superseded_at is null
      where s.model_id = any (${modelIds}) and p.prompt_set_id = any (${await promptSetsOf(board, tx)})
        and ${lookedAt()}
      order by p.id, s.model_id, s.id desc)
    select text as prompt, category,
      jsonb_agg(jsonb_build_object('model', model_id, 'id', sample_id, 'state', state)) as samples
    from newest group by id, text, category, index, prompt_set_id
    having count(*) = ${modelIds.length}
    order by prompt_set_id = ${board.promptSetId} desc, prompt_set_id, index limit ${PROMPTS}`;
  return rows.map(({ samples, ...row }) => ({
    ...row,
    images: modelIds.map((id) => sampleAddress(samples.find(({ model }) => model === id)!)),
  }));
}
