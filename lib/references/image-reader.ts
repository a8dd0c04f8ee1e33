import type { ReaderOptions, ReferenceReader } from "@/lib/references/reference-reader";
import { decodeImage } from "@/lib/media/decode-image";
import { openEncoder } from "@/lib/encoders/open-encoder";
import { imageFacts } from "@/lib/encoders/image-facts";
import { openSampleSource } from "@/lib/media/sample-source";
import type { ImageFacts } from "@/lib/metrics/forensics";

/** Images kept in one transaction, and of those decoded together: of one's own largest four take 1.1 GB. */
const BATCH = 16;
const TOGETHER = 4;

/**
 * Opens a folder or archive of images and the encoder that embeds them.
 * @throws SalonError when there is no such encoder or source
 */
export async function openImageReader(
  location: string,
  encoderName: string,
  { encodersDir, resize, source: options, maxPixels }: ReaderOptions,
): Promise<ReferenceReader> {
  const encoder = await openEncoder(encoderName, { encodersDir, resize, threads: 1 });
  const source = await openSampleSource(location, options).catch(async (error: unknown) => {
    await encoder.close();
    throw error;
  });
  const { dimension } = encoder;
  return {
    encoder,
    noun: "image",
    total: source.files.length,
    batch: BATCH,
    async read(start) {
      const images: { bytes: Uint8Array; facts: ImageFacts }[] = [];
      const features = new Float32Array(Math.min(BATCH, source.files.length - start) * dimension);
      for (const files of chunks(source.files.slice(start, start + BATCH), TOGETHER)) {
        const decoded = await Promise.all(
          files.map(async (file) => {
            const bytes = await file.read();
            const image = await decodeImage(bytes, { name: `${source.path}/${file.name}`, maxPixels });
            return { image, bytes, facts: imageFacts(file.name, bytes, image) };
          }),
        );
        features.set(await encoder.extract(decoded.map(({ image }) => image)), images.length * dimension);
        images.push(...decoded.map(({ bytes, facts }) => ({ bytes, facts })));
      }
      return images.map(({ bytes, facts }, i) => {
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

const chunks = <T>(items: T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
