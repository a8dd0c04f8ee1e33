import type { Tx } from "@/lib/db/client";
import type { Misled } from "@/lib/rubrics/report/proxy-agreement";
import type { MisledView } from "@/lib/schemas/agreement";
import { inBattles } from "@/lib/prompts/shown-states";

type Images = Pick<MisledView, "prompt" | "images" | "voted">;

/**
 * For each pair of models one prompt with both models' images. Where a battle between them that people's choice won was on a
 * prompt that has left the arena, the newest of those: it shows what people saw. What is in the arena is never shown with names,
 * so otherwise the first prompt outside it that both have drawn; without one (imported votes) the pair stands without images.
 */
export async function findTellingPrompts(
  board: { id: string; promptSetId: string },
  pairs: readonly Misled[],
  tx: Tx,
): Promise<MisledView[]> {
  const views: MisledView[] = [];
  for (const { better, worse, z } of pairs) {
    const shown = (await findVoted(board.id, { better, worse }, tx)) ??
      (await findDrawn(board.promptSetId, { better, worse }, tx)) ?? {
        prompt: null,
        images: null,
        voted: false,
      };
    views.push({ better, worse, z, ...shown });
  }
  return views;
}

const url = (sampleId: string) => `/media/samples/${sampleId}`;

/** Of people's votes for `better` on prompts that are no longer in the arena, the newest one's images. */
async function findVoted(
  boardId: string,
  { better, worse }: Pick<Misled, "better" | "worse">,
  tx: Tx,
): Promise<Images | null> {
  const [battle] = await tx.$queryRaw<{ prompt: string; left: boolean; leftId: string; rightId: string }[]>`
    select p.text as prompt, v.left_model_id = ${better} as left,
      b.left_sample_id as "leftId", b.right_sample_id as "rightId"
    from votes v
    join battles b on b.id = v.battle_id
    join prompts p on p.id = b.prompt_id and not p.arena
    join samples x on x.id = b.left_sample_id and ${inBattles("x")}
    join samples y on y.id = b.right_sample_id and ${inBattles("y")}
    where b.board_id = ${boardId} and b.kind = 'STORED' and v.status = 'COUNTED'
      and ((v.left_model_id = ${better} and v.right_model_id = ${worse} and v.outcome = 'LEFT')
        or (v.left_model_id = ${worse} and v.right_model_id = ${better} and v.outcome = 'RIGHT'))
    order by v.created_at desc, v.id desc limit 1`;
  if (battle === undefined) return null;
  const [ofBetter, ofWorse] = battle.left ? [battle.leftId, battle.rightId] : [battle.rightId, battle.leftId];
  return {
    prompt: battle.prompt,
    images: { better: url(ofBetter), worse: url(ofWorse) },
    voted: true,
  };
}

/** The board's first prompt outside the arena that both models have drawn. */
async function findDrawn(
  promptSetId: string,
  { better, worse }: Pick<Misled, "better" | "worse">,
  tx: Tx,
): Promise<Images | null> {
  const [drawn] = await tx.$queryRaw<{ prompt: string; better: string; worse: string }[]>`
    select p.text as prompt, x.id as better, y.id as worse
    from prompts p
    join samples x on x.prompt_id = p.id and x.model_id = ${better} and x.run_id is not null and ${inBattles("x")}
    join samples y on y.prompt_id = p.id and y.model_id = ${worse} and y.run_id is not null and ${inBattles("y")}
    where p.prompt_set_id = ${promptSetId} and not p.arena
    order by p.index, x.id desc, y.id desc limit 1`;
  if (drawn === undefined) return null;
  return {
    prompt: drawn.prompt,
    images: { better: url(drawn.better), worse: url(drawn.worse) },
    voted: false,
  };
}
