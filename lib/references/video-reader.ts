import { readClip } from "@/lib/references/read-video";
import type { ReadSample, ReaderOptions, ReferenceReader } from "@/lib/references/reference-reader";
import { openClipSource } from "@/lib/media/video-source";
import { openVideoEncoder } from "@/lib/encoders/open-video-encoder";

/** Clips kept in one transaction. They are decoded one after the other: 16 frames of 1920x1080 take 100 MB. */
const BATCH = 4;

/**
 * Opens a folder or archive of clips and the encoder that embeds them.
 * @throws SalonError when there is no such encoder or source
 */
export async function openClipReader(
  location: string,
  encoderName: string,
  { encodersDir, resize, frames, source: options, maxPixels }: ReaderOptions,
): Promise<ReferenceReader> {
  const encoder = await openVideoEncoder(encoderName, { encodersDir, resize, frames, threads: 1 });
  const source = await openClipSource(location, options).catch(async (error: unknown) => {
    await encoder.close();
    throw error;
  });
  return {
    encoder,
    noun: "clip",
    total: source.clips.length,
    batch: BATCH,
    async read(start) {
      const samples: ReadSample[] = [];
      for (const { name, read } of source.clips.slice(start, start + BATCH)) {
        const clip = await read();
        const { frames, row } = await readClip(clip, { count: encoder.frames, maxPixels });
        samples.push({ name, bytes: clip.bytes, row, features: await encoder.extract([frames]) });
      }
      return samples;
    },
    async close() {
      await source.close();
      await encoder.close();
    },
  };
}
