import { getArtifact } from "@/lib/artifacts/store";
import type { Db } from "@/lib/db/client";
import { scoringTools } from "@/lib/scoring/scoring-tools";
import { decodeImage } from "@/lib/media/decode-image";
import type { DemoPromptRow } from "@/lib/demos/demo-prompts";

const BATCH = 32;

/** Let the grader read every demonstration image of a prompt whose truth is known, once an image, prompt and grader. */
export async function gradeDemos(
  prompts: readonly DemoPromptRow[],
  db: Db,
  signal: AbortSignal,
): Promise<void> {
  const truths = prompts.flatMap((prompt) => (prompt.truth ? [{ ...prompt, truth: prompt.truth }] : []));
  if (truths.length === 0) return;
  const { grader } = await scoringTools();
  const rows = await db.$queryRaw<{ artifactHash: string; promptId: string }[]>`
    select distinct d.artifact_hash as "artifactHash", p.id as "promptId"
    from demo_images d join prompts p on p.text = d.prompt
    where p.id = any (${truths.map(({ id }) => id)})
      and not exists (select from grades g where g.artifact_hash = d.artifact_hash
        and g.prompt_id = p.id and g.grader_id = ${grader.id})`;
  const truthOf = new Map(truths.map(({ id, truth }) => [id, truth]));
  for (let start = 0; start < rows.length; start += BATCH) {
    signal.throwIfAborted();
    const batch = rows.slice(start, start + BATCH);
    const images = await Promise.all(
      batch.map(async ({ artifactHash }) => decodeImage(await getArtifact(artifactHash))),
    );
    const grades = await grader.grade(
      images,
      batch.map(({ promptId }) => truthOf.get(promptId)!),
    );
    await db.grade.createMany({
      data: batch.map((row, i) => ({
        ...row,
        graderId: grader.id,
        result: { ...grades[i] },
        allCorrect: grades[i].allCorrect,
      })),
      skipDuplicates: true,
    });
  }
}
