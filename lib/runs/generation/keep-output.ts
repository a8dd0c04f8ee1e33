import type { NewArtifact } from "@/lib/artifacts/keep-artifacts";
import type { Db } from "@/lib/db/client";
import { tryVideo } from "@/lib/encoders/try-video";
import type { GenerationOutcome, Output } from "@/lib/providers/outcome";
import { FileError } from "@/lib/media/files/file-error";
import { keepSample, type SamplePlace } from "@/lib/runs/generation/keep-sample";
import type { OrderTask } from "@/lib/schemas/formats/order-task";

type Made = Extract<GenerationOutcome<OrderTask>, { kind: "ok" }>;

/**
 * Keep what an endpoint made of a prompt as a sample.
 * @returns how many bytes were kept; what is wrong with a video, as if the endpoint had given none; or that this machine cannot read
 *   videos of its kind
 */
export async function keepOutput(
  place: SamplePlace,
  made: Made,
  db: Db,
): Promise<Kept | { kind: "invalid"; message: string; retryAfterMs: null } | { kind: "no_ffmpeg" }> {
  const artifact = await artifactOf(made).catch(withoutFfmpeg);
  if (artifact === null) return { kind: "no_ffmpeg" };
  if ("problem" in artifact) {
    const message = `The endpoint's answer is no usable sample: ${artifact.problem}`;
    return { kind: "invalid", message, retryAfterMs: null };
  }
  await keepSample(place, { ...made, artifact }, db);
  return { kind: "kept", bytes: artifact.bytes.length };
}

type Kept = { kind: "kept"; bytes: number };

/** For catch(): null where ffmpeg is missing; every other error goes on. */
function withoutFfmpeg(error: unknown): null {
  if (error instanceof FileError) return null;
  throw error;
}

/** Its bytes, and what is noted of them: of a video the first frames are decoded for that. */
async function artifactOf(output: Output): Promise<NewArtifact | { problem: string }> {
  if (output.media === "image") {
    const { bytes, mediaType, width, height } = output.image;
    return { bytes, row: { mediaType, width, height } };
  }
  const { bytes } = output.video;
  const read = await tryVideo("The endpoint's answer", bytes);
  return "problem" in read ? read : { bytes, row: read.row };
}
