import { createHash } from "node:crypto";
import { open, readFile, rename, rm, stat } from "node:fs/promises";
import { extractBlocks } from "@/lib/feature-extractors/extract-source";
import { npyHeader } from "@/lib/feature-extractors/files/npy";
import type { FeatureExtractor } from "@/lib/feature-extractors/open-extractor";
import type { SampleSource } from "@/lib/feature-extractors/sample-source";

/**
 * Writes the [n, d] float32 features of a source to a .npy file in file-name order, resumably: rows go to
 * `<out>.part` in whole batches, and a run that was killed goes on after the last complete row. A row's place
 * says which file it is of, so no sample is counted twice. The finished file appears under its name at once.
 *
 * Rows are taken over only when the encoder, its preprocessing and the list of files (names and sizes) are the same.
 * @returns rows that an earlier run had already written
 */
export async function writeFeatures(
  source: SampleSource,
  extractor: FeatureExtractor,
  out: string,
  { onProgress }: { onProgress?: (done: number, total: number) => void } = {},
): Promise<number> {
  const part = `${out}.part`;
  const journal = `${out}.part.key`;
  const header = npyHeader([source.files.length, extractor.dimension], "<f4");
  const rowBytes = 4 * extractor.dimension;
  const key = jobKey(source, extractor);
  const known = await readFile(journal, "utf8").catch(() => null);
  const written = await stat(part).then(
    ({ size }) => Math.max(0, Math.floor((size - header.length) / rowBytes)),
    () => 0,
  );
  const from = known === key ? Math.min(written, source.files.length) : 0;
  const file = await open(part, from > 0 ? "r+" : "w");
  try {
    if (from === 0) {
      await file.write(header, 0, header.length, 0);
      // The key comes after the file it speaks of was emptied: old rows are never taken for new ones.
      await writeDurably(journal, key);
    }
    for await (const { start, outputs } of extractBlocks(source, [extractor], { from, onProgress })) {
      const { buffer, byteOffset, byteLength } = outputs[0].features;
      await file.write(
        new Uint8Array(buffer, byteOffset, byteLength),
        0,
        byteLength,
        header.length + start * rowBytes,
      );
    }
    await file.truncate(header.length + source.files.length * rowBytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(part, out);
  await rm(journal, { force: true });
  return from;
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

function jobKey(source: SampleSource, extractor: FeatureExtractor): string {
  const hash = createHash("sha256").update(`${extractor.id}\n${extractor.preprocessing}\n`);
  for (const { name, size } of source.files) hash.update(`${size} ${name}\n`);
  return hash.digest("hex");
}
