import { readdir, readFile, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { FileError } from "@/lib/media/files/file-error";
import { openRandomAccess } from "@/lib/media/files/random-access";
import { readTar } from "@/lib/media/files/tar";
import { readZip } from "@/lib/media/files/zip";

/** Files of a folder, a zip or a tar archive, by name in code-unit order. */
export interface SampleSource {
  path: string;
  kind: "folder" | "zip" | "tar";
  files: { name: string; size: number; read(): Promise<Uint8Array> }[];
  /** Names of what was passed over: hidden files, and what operating systems leave. */
  passedOver: string[];
  close(): Promise<void>;
}

/** How much a set from a stranger may hold: an archive of a few kilobytes can claim terabytes. */
export interface SourceLimits {
  maxFiles: number;
  /** Of one file, unpacked. */
  maxEntryBytes: number;
  /** Of all files together, unpacked. */
  maxTotalBytes: number;
}

/** What operating systems leave beside a person's files. */
const LITTER = /(^|\/)(\.[^/]*|__MACOSX|Thumbs\.db|desktop\.ini)(\/|$)/i;

/**
 * Opens a set of samples. Folders are read with their sub-folders; hidden files and operating-system litter are
 * passed over, everything else belongs to the set.
 * @param options.limits checked before anything is unpacked; unpacking itself never exceeds what an entry declares
 * @param options.kind what a file without a telling name is
 * @throws FileError when there is nothing there, an archive is damaged, or there is more than the limits allow
 */
export async function openSampleSource(
  location: string,
  { limits, kind }: { limits?: SourceLimits; kind?: "zip" | "tar" } = {},
): Promise<SampleSource> {
  const info = await stat(location).catch((error: unknown) => {
    throw new FileError(location, "does not exist.", { cause: error });
  });
  if (info.isDirectory()) {
    const { files, passedOver } = await folderFiles(location);
    return { ...sorted(location, "folder", files, async () => {}), passedOver };
  }
  if (/\.(tar\.gz|tgz)$/i.test(location))
    throw new FileError(location, "is a compressed tar; unpack it to .tar or use a .zip.");
  const isZip = kind === undefined ? /\.zip$/i.test(location) : kind === "zip";
  if (kind === undefined && !isZip && !/\.tar$/i.test(location))
    throw new FileError(location, "is neither a folder nor a .zip or .tar archive.");
  const file = await openRandomAccess(location);
  try {
    const files = isZip ? await readZip(file) : await readTar(file);
    if (limits) requireWithin(limits, location, files);
    return sorted(location, isZip ? "zip" : "tar", files, file.close);
  } catch (error) {
    await file.close();
    throw error;
  }
}

function requireWithin(limits: SourceLimits, location: string, files: SampleSource["files"]): void {
  const { maxFiles, maxEntryBytes, maxTotalBytes } = limits;
  if (files.length > maxFiles)
    throw new FileError(location, `holds ${files.length} files; at most ${maxFiles} are taken.`);
  const large = files.find(({ size }) => size > maxEntryBytes);
  if (large)
    throw new FileError(
      location,
      `${large.name} unpacks to ${megabytes(large.size)}; at most ${megabytes(maxEntryBytes)} a file are taken.`,
    );
  const total = files.reduce((sum, { size }) => sum + size, 0);
  if (total > maxTotalBytes)
    throw new FileError(
      location,
      `unpacks to ${megabytes(total)}; at most ${megabytes(maxTotalBytes)} are taken.`,
    );
}

const megabytes = (bytes: number) => `${Math.ceil(bytes / 2 ** 20)} MiB`;

function sorted(
  location: string,
  kind: SampleSource["kind"],
  all: SampleSource["files"],
  close: () => Promise<void>,
): SampleSource {
  const files = all
    .filter(({ name }) => !LITTER.test(name))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  if (files.length === 0) throw new FileError(location, "holds no files.");
  const passedOver = all.map(({ name }) => name).filter((name) => LITTER.test(name));
  return { path: location, kind, files, passedOver, close };
}

/**
 * All files below a folder. Links are followed, to files and to folders; a link to a folder that it lies in would never end and is
 * refused, as are links to nothing and names that are no text.
 */
async function folderFiles(folder: string): Promise<Pick<SampleSource, "files" | "passedOver">> {
  const files: SampleSource["files"] = [];
  const passedOver: string[] = [];
  const walk = async (name: string, above: string[]): Promise<void> => {
    const full = path.join(folder, name);
    const real = await realpath(full);
    if (above.includes(real))
      throw new FileError(full, "is a link to a folder that it lies in: the set would never end.");
    for (const raw of await readdir(full, { encoding: "buffer" })) {
      const entry = textOf(raw, full);
      const inner = name === "" ? entry : `${name}/${entry}`;
      if (LITTER.test(inner)) {
        passedOver.push(inner);
        continue;
      }
      const file = path.join(full, entry);
      const info = await stat(file).catch((error: NodeJS.ErrnoException) => {
        const problem = error.code === "ENOENT" ? "is a link to nothing." : `cannot be read (${error.code}).`;
        throw new FileError(file, problem, { cause: error });
      });
      if (info.isDirectory()) await walk(inner, [...above, real]);
      else if (info.isFile()) files.push({ name: inner, size: info.size, read: () => readNamed(file) });
    }
  };
  await walk("", []);
  return { files, passedOver };
}

function textOf(name: Buffer, folder: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(name);
  } catch (error) {
    const shown = name.toString("latin1").replace(/[^ -~]/g, (c) => `\\x${c.charCodeAt(0).toString(16)}`);
    throw new FileError(`${folder}/${shown}`, "has a name that is not UTF-8: rename it.", { cause: error });
  }
}

const readNamed = (file: string) =>
  readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new FileError(file, `cannot be read (${error.code}).`, { cause: error });
  });
