import type { ReaderOptions, ReferenceReader } from "@/lib/evaluation/reference-reader";
import { decodeImage } from "@/lib/feature-extractors/decode-image";
import { openFeatureExtractor } from "@/lib/feature-extractors/open-extractor";
import { pictureFacts } from "@/lib/feature-extractors/picture-facts";
import { openSampleSource } from "@/lib/feature-extractors/sample-source";

/** Pictures decoded together: of an upload's largest 16 take 200 MB. */
const BATCH = 16;

/**
 * Opens a folder or archive of pictures and the encoder that embeds them.
 * @throws SalonError when there is no such encoder or source
 */
export async function openPictureReader(
  location: string,
  encoderName: string,
  { encodersDir, resize, source: options, maxPixels }: ReaderOptions,
): Promise<ReferenceReader> {
  const encoder = await openFeatureExtractor(encoderName, { encodersDir, resize, threads: 1 });
  const source = await openSampleSource(location, options).catch(async (error: unknown) => {
    await encoder.close();
    throw error;
  });
  const { dimension } = encoder;
  return {
    encoder,
    noun: "picture",
    total: source.files.length,
    batch: BATCH,
    async read(start) {
      const pictures = await Promise.all(
        source.files.slice(start, start + BATCH).map(async (file) => {
          const bytes = await file.read();
          const image = await decodeImage(bytes, { name: `${source.path}/${file.name}`, maxPixels });
          return { image, bytes, facts: pictureFacts(file.name, bytes, image) };
        }),
      );
      const features = await encoder.extract(pictures.map(({ image }) => image));
      return pictures.map(({ bytes, facts }, i) => {
        const { name, width, height, low, high, thumbnail, format } = facts;
        return {
          name,
          bytes,
          row: {
            mediaType: `image/${format}`,
            width,
            height,
            low,
            high,
            thumbnail: Uint8Array.from(thumbnail),
          },
          features: features.subarray(i * dimension, (i + 1) * dimension),
        };
      });
    },
    async close() {
      await source.close();
      await encoder.close();
    },
  };
}
