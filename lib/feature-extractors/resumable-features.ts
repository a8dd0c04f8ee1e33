import { createHash } from "node:crypto";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { SalonError } from "@/lib/errors";
import type { ClipSource } from "@/lib/feature-extractors/clip-source";
import { decodeClip } from "@/lib/feature-extractors/decode-clip";
import { extractBlocks } from "@/lib/feature-extractors/extract-source";
import { FileError } from "@/lib/feature-extractors/files/file-error";
import { npyHeader } from "@/lib/feature-extractors/files/npy";
import type { FeatureExtractor } from "@/lib/feature-extractors/open-extractor";
import type { VideoExtractor } from "@/lib/feature-extractors/open-video-extractor";
import type { SampleSource } from "@/lib/feature-extractors/sample-source";

/** Rows that are being written: how many of what length, whose they are, and where more come from. */
export interface RowSource {
  n: number;
  dimension: number;
  /** Everything the rows depend on: rows of an earlier run are taken over only under the same key. */
  key: string;
  /** Blocks of whole rows from row `from` on, in order. */
  blocks(from: number): AsyncIterable<{ start: number; features: Float32Array }>;
}

/**
 * Writes [n, d] float32 rows to a .npy file, resumably: they go to `<out>.part` in whole blocks, and a run that was killed
 * goes on after the last complete row. A row's place says which sample it is of, so none is counted twice. The finished
 * file appears under its name at once; input that turns out wrong leaves nothing.
 * @returns rows that an earlier run had already written
 */
export async function writeRows(source: RowSource, out: string): Promise<number> {
  const { n, dimension, key } = source;
  const part = `${out}.part`;
  const journal = `${out}.part.key`;
  const header = npyHeader([n, dimension], "<f4");
  const rowBytes = 4 * dimension;
  const known = await readFile(journal, "utf8").catch(() => null);
  const written = await stat(part).then(
    ({ size }) => Math.max(0, Math.floor((size - header.length) / rowBytes)),
    () => 0,
  );
  const from = known === key ? Math.min(written, n) : 0;
  const file = await open(part, from > 0 ? "r+" : "w").catch((error: unknown) => {
    throw new FileError(out, "cannot be written.", { cause: error });
  });
  try {
    if (from === 0) {
      await file.write(header, 0, header.length, 0);
      // The key comes after the file it speaks of was emptied: old rows are never taken for new ones.
      await writeDurably(journal, key);
    }
    for await (const { start, features } of source.blocks(from)) {
      const { buffer, byteOffset, byteLength } = features;
      const bytes = new Uint8Array(buffer, byteOffset, byteLength);
      await file.write(bytes, 0, byteLength, header.length + start * rowBytes);
    }
    await file.truncate(header.length + n * rowBytes);
    await file.sync();
  } catch (error) {
    // Wrong input stays wrong until it is changed, and then the rows are another set's.
    if (error instanceof SalonError)
      await Promise.all([part, journal].map((name) => rm(name, { force: true })));
    throw error;
  } finally {
    await file.close();
  }
  await rename(part, out);
  await rm(journal, { force: true });
  return from;
}

/**
 * Writes the features of a source of pictures in file-name order: {@link writeRows} under the encoder, its preprocessing
 * and the list of files (names and sizes).
 */
export function writeFeatures(
  source: SampleSource,
  extractor: FeatureExtractor,
  out: string,
  { onProgress }: { onProgress?: (done: number, total: number) => void } = {},
): Promise<number> {
  const rows: RowSource = {
    n: source.files.length,
    dimension: extractor.dimension,
    key: jobKey(extractor, source.files),
    async *blocks(from) {
      for await (const { start, outputs } of extractBlocks(source, [extractor], { from, onProgress }))
        yield { start, features: outputs[0].features };
    },
  };
  return writeRows(rows, out);
}

/** Writes the features of clips in name order, one clip at a time, likewise. */
export async function writeClipFeatures(
  { clips }: ClipSource,
  extractor: VideoExtractor,
  out: string,
  { onProgress }: { onProgress?: (done: number, total: number) => void } = {},
): Promise<number> {
  const rows: RowSource = {
    n: clips.length,
    dimension: extractor.dimension,
    key: jobKey(extractor, clips),
    async *blocks(from) {
      for (let start = from; start < clips.length; start++) {
        const frames = await decodeClip(await clips[start].read(), extractor.frames);
        yield { start, features: await extractor.extract([frames]) };
        onProgress?.(start + 1, clips.length);
      }
    },
  };
  return writeRows(rows, out);
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, "w");
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

function jobKey(
  { id, preprocessing }: { id: string; preprocessing: string },
  files: { name: string; size: number }[],
): string {
  const hash = createHash("sha256").update(`${id}\n${preprocessing}\n`);
  for (const { name, size } of files) hash.update(`${size} ${name}\n`);
  return hash.digest("hex");
}
