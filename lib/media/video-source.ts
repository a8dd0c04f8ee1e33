import { readFile } from "node:fs/promises";
import path from "node:path";
import { isVideo, sniffClipFormat } from "@/lib/media/video-format";
import { FileError } from "@/lib/media/files/file-error";
import { packFrames } from "@/lib/media/pack-frames";
import type { SampleSource } from "@/lib/media/sample-source";
import { openSampleSource } from "@/lib/media/sample-source";

/** A clip's bytes: those of its file, or its frames packed into one archive. */
export interface Clip {
  /** For messages: where it comes from. */
  name: string;
  bytes: Uint8Array;
  /** Where the same bytes lie, for programs that read files. */
  file?: string;
}

/** Clips of a folder or archive, by name in code-unit order. */
export interface ClipSource {
  path: string;
  kind: SampleSource["kind"];
  clips: { name: string; size: number; read(): Promise<Clip> }[];
  close(): Promise<void>;
}

type Files = SampleSource["files"];

const VIDEO = /\.(mp4|m4v|webm|mov|mkv|avi|mpe?g|m?ts|m2ts|wmv|flv|ogv|3gp)$/i;
const GIF = /\.gif$/i;
const WEBP = /\.webp$/i;
const STILL = /\.(png|jpe?g)$/i;
const KINDS = "a video, a GIF, an animated WebP or a folder of frames";

/**
 * Opens a set of clips: a folder, .zip or .tar of videos and animations, of folders of frames (PNG, JPEG, WebP in the order
 * of their names, numbers by value), or of both. Hidden files are passed over, everything else belongs to the set.
 * @throws FileError naming what is no clip, and as openSampleSource does
 */
export async function openClipSource(
  location: string,
  options: Parameters<typeof openSampleSource>[1] = {},
): Promise<ClipSource> {
  const source = await openSampleSource(location, options);
  try {
    const folders = new Map<string, Files>();
    for (const file of source.files) {
      const folder = path.posix.dirname(file.name);
      folders.set(folder, [...(folders.get(folder) ?? []), file]);
    }
    const clips = [];
    for (const [folder, files] of folders) clips.push(...(await clipsOf(folder, files, source)));
    clips.sort((a, b) => (a.name < b.name ? -1 : 1));
    return { path: source.path, kind: source.kind, clips, close: source.close };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** The clips that lie directly in one folder: each file one, or all files together the frames of one. */
async function clipsOf(folder: string, files: Files, source: SampleSource): Promise<ClipSource["clips"]> {
  // Names only decide how a folder is taken; whatever has another is told by its content.
  for (const { name, read } of files) {
    if ([VIDEO, GIF, WEBP, STILL].some((known) => known.test(name))) continue;
    const format = sniffClipFormat(await read());
    if (format !== "gif" && !isVideo(format))
      throw new FileError(`${source.path}/${name}`, `is no clip (${KINDS}).`);
  }
  const still = files.find(({ name }) => STILL.test(name));
  const moving = files.find(({ name }) => VIDEO.test(name) || GIF.test(name));
  if (still && (moving || folder === ".")) {
    const why = moving ? `it lies beside ${moving.name}` : "it lies in no folder of its own";
    throw new FileError(
      `${source.path}/${still.name}`,
      `is no clip but a picture, and ${why}: the frames of a clip have a folder to themselves.`,
    );
  }
  const areFrames = still !== undefined || (!moving && folder !== "." && (await isStill(files[0])));
  if (!areFrames) return files.map((file) => clipOf(file, source));
  const frames = [...files].sort((a, b) => inOrder(a.name, b.name));
  return [
    {
      name: folder,
      size: frames.reduce((sum, { size }) => sum + size, 0),
      read: async () => {
        const parts = [];
        for (const { name, read } of frames)
          parts.push({ name: `${source.path}/${name}`, bytes: await read() });
        return { name: `${source.path}/${folder}`, bytes: packFrames(parts) };
      },
    },
  ];
}

function clipOf({ name, size, read }: Files[number], source: SampleSource): ClipSource["clips"][number] {
  const full = `${source.path}/${name}`;
  return {
    name,
    size,
    read: async () => ({
      name: full,
      bytes: await (source.kind === "folder" ? readFile(full) : read()),
      ...(source.kind === "folder" && { file: full }),
    }),
  };
}

/** A WebP may be a clip or the frame of one. */
const isStill = async ({ read }: Files[number]) => sniffClipFormat(await read()) === null;

const numbers = new Intl.Collator("en", { numeric: true });
/** frame-2 before frame-10; of what that calls equal, by code units. */
const inOrder = (a: string, b: string) => numbers.compare(a, b) || (a < b ? -1 : 1);
