import { readFile } from "node:fs/promises";
import path from "node:path";
import { isContainer, sniffVideoFormat } from "@/lib/media/video-format";
import { FileError } from "@/lib/media/files/file-error";
import { packFrames } from "@/lib/media/pack-frames";
import type { SampleSource } from "@/lib/media/sample-source";
import { openSampleSource } from "@/lib/media/sample-source";

/** A video's bytes: those of its file, or its frames packed into one archive. */
export interface Video {
  /** For messages: where it comes from. */
  name: string;
  bytes: Uint8Array;
  /** Where the same bytes lie, for programs that read files. */
  file?: string;
}

/** Videos of a folder or archive, by name in code-unit order. */
export interface VideoSource {
  path: string;
  kind: SampleSource["kind"];
  videos: { name: string; size: number; read(): Promise<Video> }[];
  close(): Promise<void>;
}

type Files = SampleSource["files"];

const VIDEO = /\.(mp4|m4v|webm|mov|mkv|avi|mpe?g|m?ts|m2ts|wmv|flv|ogv|3gp)$/i;
const GIF = /\.gif$/i;
const WEBP = /\.webp$/i;
const STILL = /\.(png|jpe?g)$/i;
const KINDS = "a video file, a GIF, an animated WebP or a folder of frames";

/**
 * Opens a set of videos: a folder, .zip or .tar of video files and animations, of folders of frames (PNG, JPEG, WebP in the order
 * of their names, numbers by value), or of both. Hidden files are passed over, everything else belongs to the set.
 * @throws FileError naming what is no video, and as openSampleSource does
 */
export async function openVideoSource(
  location: string,
  options: Parameters<typeof openSampleSource>[1] = {},
): Promise<VideoSource> {
  const source = await openSampleSource(location, options);
  try {
    const folders = new Map<string, Files>();
    for (const file of source.files) {
      const folder = path.posix.dirname(file.name);
      folders.set(folder, [...(folders.get(folder) ?? []), file]);
    }
    const videos = [];
    for (const [folder, files] of folders) videos.push(...(await videosOf(folder, files, source)));
    videos.sort((a, b) => (a.name < b.name ? -1 : 1));
    return { path: source.path, kind: source.kind, videos, close: source.close };
  } catch (error) {
    await source.close();
    throw error;
  }
}

/** The videos that lie directly in one folder: each file one, or all files together the frames of one. */
async function videosOf(folder: string, files: Files, source: SampleSource): Promise<VideoSource["videos"]> {
  // Names only decide how a folder is taken; whatever has another is told by its content.
  for (const { name, read } of files) {
    if ([VIDEO, GIF, WEBP, STILL].some((known) => known.test(name))) continue;
    const format = sniffVideoFormat(await read());
    if (format !== "gif" && !isContainer(format))
      throw new FileError(`${source.path}/${name}`, `is no video (${KINDS}).`);
  }
  const still = files.find(({ name }) => STILL.test(name));
  const moving = files.find(({ name }) => VIDEO.test(name) || GIF.test(name));
  if (still && (moving || folder === ".")) {
    const why = moving ? `it lies beside ${moving.name}` : "it lies in no folder of its own";
    throw new FileError(
      `${source.path}/${still.name}`,
      `is no video but an image, and ${why}: the frames of a video have a folder to themselves.`,
    );
  }
  const areFrames = still !== undefined || (!moving && folder !== "." && (await isStill(files[0])));
  if (!areFrames) return files.map((file) => videoOf(file, source));
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

function videoOf({ name, size, read }: Files[number], source: SampleSource): VideoSource["videos"][number] {
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

/** A WebP may be a video or the frame of one. */
const isStill = async ({ read }: Files[number]) => sniffVideoFormat(await read()) === null;

const numbers = new Intl.Collator("en", { numeric: true });
/** frame-2 before frame-10; of what that calls equal, by code units. */
const inOrder = (a: string, b: string) => numbers.compare(a, b) || (a < b ? -1 : 1);
