import type { Tx } from "@/lib/db/client";
import type { Misled } from "@/lib/judge/report/proxy-agreement";
import type { MisledView } from "@/lib/schemas/agreement";

/**
 * For each pair of models one prompt that shows what people saw: the battle between them that people's choice won, of several
 * the newest. Without one (imported votes, pairs that never met) the pair stands without pictures.
 */
export async function findTellingPrompts(
  boardId: string,
  pairs: readonly Misled[],
  tx: Tx,
): Promise<MisledView[]> {
  const views: MisledView[] = [];
  for (const { better, worse, z } of pairs) {
    const [battle] = await tx.$queryRaw<{ prompt: string; left: boolean; leftId: string; rightId: string }[]>`
      select p.text as prompt, v."leftModelId" = ${better} as left,
        b."leftSampleId" as "leftId", b."rightSampleId" as "rightId"
      from "Vote" v
      join "Battle" b on b.id = v."battleId"
      join "Prompt" p on p.id = b."promptId"
      where b."boardId" = ${boardId} and b.kind = 'STORED' and v.status = 'COUNTED'
        and b."leftSampleId" is not null and b."rightSampleId" is not null
        and ((v."leftModelId" = ${better} and v."rightModelId" = ${worse} and v.outcome = 'LEFT')
          or (v."leftModelId" = ${worse} and v."rightModelId" = ${better} and v.outcome = 'RIGHT'))
      order by v."createdAt" desc, v.id desc limit 1`;
    const url = (sampleId: string) => `/media/samples/${sampleId}`;
    views.push({
      better,
      worse,
      z,
      prompt: battle?.prompt ?? null,
      pictures: battle
        ? {
            better: url(battle.left ? battle.leftId : battle.rightId),
            worse: url(battle.left ? battle.rightId : battle.leftId),
          }
        : null,
    });
  }
  return views;
}
