import { SalonError } from "@/lib/errors";
import { FileError } from "@/lib/media/files/file-error";
import { memoryAccess } from "@/lib/media/files/random-access";
import { readZip } from "@/lib/media/files/zip";
import type { PromptFile } from "@/lib/prompt-files/prompt-file";
import type { ImportLimits } from "@/lib/prompts/import-limits";

const TEXT = /\.(csv|tsv|jsonl|ndjson|json|txt)$/i;
const IMAGE = /\.(png|jpe?g|webp)$/i;
/** What archivers and desktops leave behind. */
const DEBRIS = /(^|\/)(__MACOSX\/|\.|Thumbs\.db$)/;
const MOST_FILES = 40_000;

/** What an import is given: files that hold prompts, and images that prompts name. */
export interface Unpacked {
  files: PromptFile[];
  images: Map<string, Uint8Array>;
  /** Neither. */
  others: string[];
}

/** How many bytes an import was given. */
export const bytesOf = ({ files, images }: Unpacked): number =>
  [...files.map(({ bytes }) => bytes), ...images.values()].reduce((sum, bytes) => sum + bytes.length, 0);

/**
 * An upload's files: of a .zip those inside, the longest folder that all share left off; of anything else the upload itself.
 * @throws SalonError too_large, or invalid_request for an archive that is damaged
 */
export async function unpackPromptFiles(file: PromptFile, limits: ImportLimits): Promise<Unpacked> {
  if (!isZip(file.bytes)) return sortPromptFiles([file], limits);
  try {
    const entries = await readZip(memoryAccess(file.name, file.bytes), { maxEntryBytes: limits.unpacked });
    const wanted = entries.filter(({ name }) => !DEBRIS.test(name));
    const total = wanted.reduce((sum, { size }) => sum + size, 0);
    if (total > limits.unpacked) throw tooLarge("The archive unpacks to", total, limits.unpacked);
    if (wanted.length > MOST_FILES) {
      throw new SalonError(
        "too_large",
        `The archive holds ${wanted.length} files; at most ${MOST_FILES} are read.`,
      );
    }
    const files: PromptFile[] = [];
    for (const { name, read } of wanted) files.push({ name, bytes: await read() });
    return sortPromptFiles(files, limits);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new SalonError("invalid_request", error.message, { field: "file", cause: error });
  }
}

/**
 * Files as those that hold prompts, by name, and images. A lone file is taken to hold prompts whatever it is called.
 * @throws SalonError too_large for more text than is read
 */
export function sortPromptFiles(all: readonly PromptFile[], limits: ImportLimits): Unpacked {
  const images = all.filter(({ name }) => IMAGE.test(name));
  const files = all.length === 1 ? [...all] : all.filter(({ name }) => TEXT.test(name)).sort(byName);
  const text = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (text > limits.text) throw tooLarge("The prompts have", text, limits.text);
  const known = new Set<PromptFile>([...files, ...images]);
  return {
    files,
    images: new Map(images.map(({ name, bytes }) => [name, bytes])),
    others: all.filter((file) => !known.has(file)).map(({ name }) => name),
  };
}

const byName = (a: PromptFile, b: PromptFile) => (a.name < b.name ? -1 : 1);

const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] <= 8 && bytes[3] <= 9;

export const tooLarge = (what: string, bytes: number, most: number) =>
  new SalonError(
    "too_large",
    `${what} ${Math.ceil(bytes / 2 ** 20)} MiB; at most ${Math.floor(most / 2 ** 20)} are taken. The operator can import more with \`salon prompts import\`.`,
  );
