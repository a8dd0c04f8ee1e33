import { sniffImageFormat } from "@/lib/media/decode-image";
import { FileError } from "@/lib/media/files/file-error";
import { memoryAccess } from "@/lib/media/files/random-access";
import { readZip, writeZip } from "@/lib/media/files/zip";

/**
 * The frames of a video in one archive, so that a folder of them is one artifact with one hash. Frames are named by their
 * place: the same frames under other names, or in another archive, give the same bytes.
 * @throws FileError naming the frame that is no image
 */
export function packFrames(frames: { name: string; bytes: Uint8Array }[]): Uint8Array {
  return writeZip(
    frames.map(({ name, bytes }, i) => {
      const format = sniffImageFormat(bytes);
      if (format === null) throw new FileError(name, "is not a PNG, JPEG or WebP image.");
      return { name: `${String(i).padStart(6, "0")}.${format}`, bytes };
    }),
  );
}

/**
 * The first `most` frames of such an archive in order, and how many there are.
 * @throws FileError naming the video when it is damaged
 */
export async function unpackFrames(
  video: { name: string; bytes: Uint8Array },
  most: number,
): Promise<{ total: number; frames: { name: string; bytes: Uint8Array }[] }> {
  const entries = await readZip(memoryAccess(video.name, video.bytes));
  const frames = [];
  for (const entry of entries.slice(0, most)) {
    frames.push({ name: `${video.name}, frame ${frames.length + 1}`, bytes: await entry.read() });
  }
  return { total: entries.length, frames };
}
