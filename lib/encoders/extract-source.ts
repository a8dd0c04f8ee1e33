import type { DecodedImage } from "@/lib/media/decode-image";
import { ImageError, OWN_MAX_PIXELS, decodeImage } from "@/lib/media/decode-image";
import { manifestHash } from "@/lib/encoders/manifest";
import type { Encoder } from "@/lib/encoders/open-encoder";
import { imageFacts } from "@/lib/encoders/image-facts";
import type { SampleSource } from "@/lib/media/sample-source";
import type { ImageFacts } from "@/lib/metrics/forensics";

/** Features of consecutive images of a source, by one encoder each. */
export interface ExtractedBlock {
  /** Index of the first image. */
  start: number;
  facts: ImageFacts[];
  /** One entry an encoder, in their order. */
  outputs: { features: Float32Array; logits: Float32Array | null }[];
}

export interface ExtractOptions {
  /** Index of the first file to read: earlier ones are known already. */
  from?: number;
  /** Images decoded together; 32 of 299x299 take 34 MB as tensors. */
  batch?: number;
  /** Of one image; {@link OWN_MAX_PIXELS} unless told. */
  maxPixels?: number;
  onProgress?: (done: number, total: number) => void;
}

export interface DecodeOptions extends Pick<ExtractOptions, "from" | "batch" | "maxPixels"> {
  /** Takes a file that is no image, or a damaged one, which is then passed over; without it the first such file ends everything. */
  onUnreadable?: (name: string, error: ImageError) => void;
}

/** Consecutive decoded images of a source. */
export interface DecodedBatch {
  /** Index of the first file. */
  start: number;
  /** Index after the last one. */
  end: number;
  images: DecodedImage[];
  facts: ImageFacts[];
}

/** Bytes of decoded images that may wait at a time: larger images come in smaller batches. */
const BATCH_BYTES = 400e6;

/**
 * Decodes every image of a source once, in file-name order; the next batch is read and decoded while this one is used.
 * @throws ImageError or FileError naming the first file that is no image (a partial result is no result), unless `onUnreadable`
 *   takes it
 */
export async function* decodeBatches(
  source: SampleSource,
  { from = 0, batch = 32, maxPixels = OWN_MAX_PIXELS, onUnreadable }: DecodeOptions = {},
): AsyncGenerator<DecodedBatch> {
  const total = source.files.length;
  const load = async (start: number): Promise<DecodedBatch> => {
    const decoded: { image: DecodedImage; facts: ImageFacts }[] = [];
    let size = 0;
    let end = start;
    // A few at a time, so that images of a hundred megapixels are not all in memory before their size is known.
    while (end < Math.min(start + batch, total) && size < BATCH_BYTES) {
      const largest = decoded.reduce((most, { image }) => Math.max(most, image.data.length), 0);
      const together = decoded.length === 0 || largest > BATCH_BYTES / 16 ? 1 : 16;
      const files = source.files.slice(end, Math.min(start + batch, end + together));
      const more = await Promise.all(
        files.map(async (file) => {
          const name = `${source.path}/${file.name}`;
          const bytes = await file.read();
          try {
            const image = await decodeImage(bytes, { name, maxPixels, transparency: "dropped" });
            return [{ image, facts: imageFacts(file.name, bytes, image) }];
          } catch (error) {
            if (!(error instanceof ImageError) || onUnreadable === undefined) throw error;
            onUnreadable(file.name, error);
            return [];
          }
        }),
      );
      decoded.push(...more.flat());
      end += files.length;
      size += more.flat().reduce((sum, { image }) => sum + image.data.length, 0);
    }
    const [images, facts] = [decoded.map(({ image }) => image), decoded.map(({ facts }) => facts)];
    return { start, end, images, facts };
  };
  let next = from < total ? load(from) : null;
  while (next) {
    const decoded: DecodedBatch = await next;
    next = decoded.end < total ? load(decoded.end) : null;
    // Reported when it is awaited; until then it must not count as unhandled.
    next?.catch(() => {});
    yield decoded;
  }
}

/**
 * Feeds every image of a source, decoded once, to all encoders. Blocks come in file-name order.
 * @throws as {@link decodeBatches}
 */
export async function* extractBlocks(
  source: SampleSource,
  encoders: Encoder[],
  { onProgress, ...options }: ExtractOptions = {},
): AsyncGenerator<ExtractedBlock> {
  for await (const { start, images, facts } of decodeBatches(source, options)) {
    const outputs = [];
    for (const encoder of encoders) outputs.push(await encoder.extractOutputs(images));
    onProgress?.(start + images.length, source.files.length);
    yield { start, facts, outputs };
  }
}

/** All features of a source by one encoder, and what its images are like. */
export interface ExtractedSource {
  /** [n, dimension] in file-name order. */
  features: Float32Array;
  logits: Float32Array | null;
  facts: ImageFacts[];
  /** Identity of the set. */
  manifest: string;
}

/** Features of a whole source in memory. See {@link extractBlocks}. */
export async function extractSource(
  source: SampleSource,
  encoder: Encoder,
  options: Omit<ExtractOptions, "from"> = {},
): Promise<ExtractedSource> {
  const features = new Float32Array(source.files.length * encoder.dimension);
  const logits: Float32Array[] = [];
  const facts: ImageFacts[] = [];
  for await (const block of extractBlocks(source, [encoder], options)) {
    features.set(block.outputs[0].features, block.start * encoder.dimension);
    if (block.outputs[0].logits) logits.push(block.outputs[0].logits);
    facts.push(...block.facts);
  }
  return {
    features,
    logits: logits.length > 0 ? concatenate(logits) : null,
    facts,
    manifest: manifestHash(facts.map(({ sha256 }) => sha256)),
  };
}

/** Arrays one after the other in one. */
export function concatenate(parts: readonly Float32Array[]): Float32Array {
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** Facts of every image and the files that are none: the input of forensics, without any encoder. */
export async function inspectSource(
  source: SampleSource,
): Promise<{ images: ImageFacts[]; corrupt: { name: string; reason: string }[] }> {
  const images: ImageFacts[] = [];
  const corrupt: { name: string; reason: string }[] = [];
  for (const file of source.files) {
    try {
      const bytes = await file.read();
      images.push(
        imageFacts(file.name, bytes, await decodeImage(bytes, { name: file.name, transparency: "dropped" })),
      );
    } catch (error) {
      if (!(error instanceof ImageError)) throw error;
      corrupt.push({ name: file.name, reason: error.message });
    }
  }
  return { images, corrupt };
}
