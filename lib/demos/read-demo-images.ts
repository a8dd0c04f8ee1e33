import type { Tx } from "@/lib/db/client";
import type { BundledModel } from "@/lib/demos/bundled-cards";
import { pictureKey } from "@/lib/demos/demo-orders";
import type { DemoPromptRow } from "@/lib/demos/demo-prompts";

export type PaintedPicture = {
  url: string;
  filmstrip: string | null;
  frames: number;
  allCorrect: boolean | null;
};
/** By pictureKey. */
export type Painted = ReadonlyMap<string, PaintedPicture>;

/** What has been painted by the bundled models, and whether a job still has to paint. */
export async function readPainted(
  models: readonly BundledModel[],
  prompts: readonly DemoPromptRow[],
  tx: Tx,
): Promise<{ painted: Painted; waiting: boolean }> {
  const pictures = await tx.demoPicture.findMany({
    where: { model: { in: models.map(({ card }) => card.id) } },
  });
  const hits = await readGrades(prompts, tx);
  const painted = new Map(
    pictures.map((picture) => [
      pictureKey(picture),
      {
        url: `/media/demos/${picture.id}/picture`,
        filmstrip: picture.filmstripHash === null ? null : `/media/demos/${picture.id}/filmstrip`,
        frames: picture.frames,
        allCorrect: hits.get(`${picture.artifactHash} ${picture.prompt}`) ?? null,
      },
    ]),
  );
  const [{ waiting }] = await tx.$queryRaw<[{ waiting: boolean }]>`
    select exists (select from graphile_worker.jobs j
      where j.key = 'paint-demos' and (j.attempts < j.max_attempts or j.locked_at is not null)) as waiting`;
  return { painted, waiting };
}

/** By "artifact prompt": what the newest grader found. */
async function readGrades(prompts: readonly DemoPromptRow[], tx: Tx): Promise<Map<string, boolean>> {
  const rows = await tx.$queryRaw<{ artifactHash: string; text: string; allCorrect: boolean }[]>`
    select distinct on (g."artifactHash", p.id) g."artifactHash", p.text, g."allCorrect"
    from "Prompt" p
    join "Grade" g on g."promptId" = p.id
    join "DemoPicture" d on d."artifactHash" = g."artifactHash" and d.prompt = p.text
    where p.id = any (${prompts.map(({ id }) => id)})
    order by g."artifactHash", p.id, g."graderId" desc`;
  return new Map(rows.map(({ artifactHash, text, allCorrect }) => [`${artifactHash} ${text}`, allCorrect]));
}
