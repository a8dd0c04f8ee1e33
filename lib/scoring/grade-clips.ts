import { artifactPath, getArtifact } from "@/lib/artifacts/store";
import type { Db } from "@/lib/db/client";
import { EncoderError } from "@/lib/encoders/encoder-error";
import type { ClipGrader } from "@/lib/encoders/toybox-clip-grader";
import { decodeVideo } from "@/lib/media/decode-video";
import { FileError } from "@/lib/media/files/file-error";
import { clipTruthSchema } from "@/lib/schemas/stack/clip";

type Pending = { artifactHash: string; promptId: string; truth: unknown };

/**
 * Grade a run's clips against what their prompts claim, where that is not done yet: of the prompts whose truth is a clip's. A grade
 * is kept by artifact, prompt and grader, so a stop loses at most one. A clip that cannot be read (too short) has none.
 * @throws SalonError internal when a stored video is gone; the signal's reason when the worker stops
 */
export async function gradeClips(
  runId: string,
  grader: ClipGrader,
  db: Db,
  signal: AbortSignal,
): Promise<void> {
  const pending = await db.$queryRaw<Pending[]>`
    select distinct s.artifact_hash as "artifactHash", s.prompt_id as "promptId", p.truth
    from samples s join prompts p on p.id = s.prompt_id
    where s.run_id = ${runId} and p.truth -> 'kind' is null and p.truth #> '{objects,0,motion}' is not null
      and not exists (select from grades g where g.artifact_hash = s.artifact_hash
        and g.prompt_id = s.prompt_id and g.grader_id = ${grader.id})`;
  for (const { artifactHash, promptId, truth } of pending) {
    signal.throwIfAborted();
    const [grade] = (await gradeClip(artifactHash, truth, grader)) ?? [];
    if (grade === undefined) continue;
    await db.grade.createMany({
      data: [
        { artifactHash, promptId, graderId: grader.id, result: { ...grade }, allCorrect: grade.allCorrect },
      ],
      skipDuplicates: true,
    });
  }
}

/** @returns null for a clip that cannot be read */
async function gradeClip(artifactHash: string, truth: unknown, grader: ClipGrader) {
  const bytes = await getArtifact(artifactHash);
  const video = { name: artifactHash, bytes, file: artifactPath(artifactHash) };
  try {
    const frames = await decodeVideo(video, grader.frames, { rule: grader.rule });
    return await grader.grade([frames], [clipTruthSchema.parse(truth)]);
  } catch (error) {
    if (error instanceof FileError || error instanceof EncoderError) return null;
    throw error;
  }
}
