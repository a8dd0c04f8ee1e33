import type { Tx } from "@/lib/db/client";
import type { Misled } from "@/lib/rubrics/report/proxy-agreement";
import type { MisledView } from "@/lib/schemas/agreement";

type Pictures = Pick<MisledView, "prompt" | "pictures" | "voted">;

/**
 * For each pair of models one prompt with both models' pictures. Where a battle between them that people's choice won was on a
 * prompt that has left the arena, the newest of those: it shows what people saw. What is in the arena is never shown with names,
 * so otherwise the first prompt outside it that both have drawn; without one (imported votes) the pair stands without pictures.
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
        pictures: null,
        voted: false,
      };
    views.push({ better, worse, z, ...shown });
  }
  return views;
}

const url = (sampleId: string) => `/media/samples/${sampleId}`;

/** Of people's votes for `better` on prompts that are no longer in the arena, the newest one's pictures. */
async function findVoted(
  boardId: string,
  { better, worse }: Pick<Misled, "better" | "worse">,
  tx: Tx,
): Promise<Pictures | null> {
  const [battle] = await tx.$queryRaw<{ prompt: string; left: boolean; leftId: string; rightId: string }[]>`
    select p.text as prompt, v."leftModelId" = ${better} as left,
      b."leftSampleId" as "leftId", b."rightSampleId" as "rightId"
    from "Vote" v
    join "Battle" b on b.id = v."battleId"
    join "Prompt" p on p.id = b."promptId" and not p.arena
    where b."boardId" = ${boardId} and b.kind = 'STORED' and v.status = 'COUNTED'
      and b."leftSampleId" is not null and b."rightSampleId" is not null
      and ((v."leftModelId" = ${better} and v."rightModelId" = ${worse} and v.outcome = 'LEFT')
        or (v."leftModelId" = ${worse} and v."rightModelId" = ${better} and v.outcome = 'RIGHT'))
    order by v."createdAt" desc, v.id desc limit 1`;
  if (battle === undefined) return null;
  const [ofBetter, ofWorse] = battle.left ? [battle.leftId, battle.rightId] : [battle.rightId, battle.leftId];
  return {
    prompt: battle.prompt,
    pictures: { better: url(ofBetter), worse: url(ofWorse) },
    voted: true,
  };
}

/** The board's first prompt outside the arena that both models have drawn. */
async function findDrawn(
  promptSetId: string,
  { better, worse }: Pick<Misled, "better" | "worse">,
  tx: Tx,
): Promise<Pictures | null> {
  const [drawn] = await tx.$queryRaw<{ prompt: string; better: string; worse: string }[]>`
    select p.text as prompt, x.id as better, y.id as worse
    from "Prompt" p
    join "Sample" x on x."promptId" = p.id and x."modelId" = ${better} and x."runId" is not null
    join "Sample" y on y."promptId" = p.id and y."modelId" = ${worse} and y."runId" is not null
    where p."promptSetId" = ${promptSetId} and not p.arena
    order by p.index, x.id desc, y.id desc limit 1`;
  if (drawn === undefined) return null;
  return {
    prompt: drawn.prompt,
    pictures: { better: url(drawn.better), worse: url(drawn.worse) },
    voted: false,
  };
}
