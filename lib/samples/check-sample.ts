import type { NewArtifact } from "@/lib/artifacts/keep-artifacts";
import { checkImage } from "@/lib/media/check-image";
import { ImageError, sniffImageFormat } from "@/lib/media/decode-image";
import { sniffVideoFormat } from "@/lib/media/video-format";
import { tryVideo } from "@/lib/encoders/try-video";
import type { SampleKind } from "@/lib/references/encoders-in-use";
import type { FileProblem } from "@/lib/schemas/sample-uploads";

/** A file that was read to its last pixel, or to its first frames, or what is wrong with it. */
export type CheckedFile = NewArtifact | Pick<FileProblem, "code" | "details">;

export const isProblem = (checked: CheckedFile): checked is Exclude<CheckedFile, NewArtifact> =>
  "code" in checked;

/**
 * Decode an uploaded file as what its run is made of; its first bytes say what it is, never its name.
 * @throws FileError when this machine cannot read videos
 */
export async function checkSample(name: string, bytes: Uint8Array, kind: SampleKind): Promise<CheckedFile> {
  return kind === "video" ? checkVideo(name, bytes) : checkUploadedImage(bytes);
}

async function checkUploadedImage(bytes: Uint8Array): Promise<CheckedFile> {
  if (sniffImageFormat(bytes) === null) return { code: "not_an_image", details: {} };
  try {
    const image = await checkImage(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    const { mediaType, width, height } = image;
    return { bytes, row: { mediaType, width, height } };
  } catch (error) {
    if (!(error instanceof ImageError)) throw error;
    return { code: error.reason === "TOO_LARGE" ? "too_large" : "damaged", details: { why: error.message } };
  }
}

async function checkVideo(name: string, bytes: Uint8Array): Promise<CheckedFile> {
  const format = sniffVideoFormat(bytes);
  // A zip of frames is no file of an upload: there are folders for that, and they are no samples.
  if (format === null || format === "frames") return { code: "not_a_video", details: {} };
  const read = await tryVideo(name, bytes);
  return "problem" in read ? { code: "damaged", details: { why: read.problem } } : { bytes, row: read.row };
}
