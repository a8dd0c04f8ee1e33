import { readVideo } from "@/lib/encoders/read-video";
import type { ReadSample, ReaderOptions, ReferenceReader } from "@/lib/references/reference-reader";
import { openVideoSource } from "@/lib/media/video-source";
import { openVideoEncoder } from "@/lib/encoders/open-video-encoder";

/** Videos kept in one transaction. They are decoded one after the other: 16 frames of 1920x1080 take 100 MB. */
const BATCH = 4;

/**
 * Opens a folder or archive of videos and the encoder that embeds them.
 * @throws SalonError when there is no such encoder or source
 */
export async function openVideoReader(
  location: string,
  encoderName: string,
  { encodersDir, resize, frames, source: options, maxPixels }: ReaderOptions,
): Promise<ReferenceReader> {
  const encoder = await openVideoEncoder(encoderName, { encodersDir, resize, frames, threads: 1 });
  const source = await openVideoSource(location, options).catch(async (error: unknown) => {
    await encoder.close();
    throw error;
  });
  return {
    encoder,
    noun: "video",
    total: source.videos.length,
    batch: BATCH,
    async read(start) {
      const samples: ReadSample[] = [];
      for (const { name, read } of source.videos.slice(start, start + BATCH)) {
        const video = await read();
        const { frames, row } = await readVideo(video, {
          count: encoder.frames,
          rule: encoder.rule,
          maxPixels,
        });
        samples.push({ name, bytes: video.bytes, row, features: await encoder.extract([frames]) });
      }
      return samples;
    },
    async close() {
      await source.close();
      await encoder.close();
    },
  };
}
