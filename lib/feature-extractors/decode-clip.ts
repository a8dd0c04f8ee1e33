import sharp from "sharp";
import type { Clip } from "@/lib/feature-extractors/clip-source";
import { isVideo, sniffClipFormat } from "@/lib/feature-extractors/clip-format";
import type { DecodedImage } from "@/lib/feature-extractors/decode-image";
import { DEFAULT_MAX_PIXELS, decodeImage } from "@/lib/feature-extractors/decode-image";
import { FileError } from "@/lib/feature-extractors/files/file-error";
import { unpackFrames } from "@/lib/feature-extractors/pack-frames";
import { runFfmpeg } from "@/lib/feature-extractors/run-ffmpeg";

// decodeImage lets nothing but PNG, JPEG and WebP through by their first bytes, so this widens clips only.
sharp.unblock({ operation: ["VipsForeignLoadNsgif"] });

/** What to say of bytes that are no clip. */
export function notAClip(clip: Clip): FileError {
  return new FileError(clip.name, "is no clip: neither GIF, animated WebP, MP4, WebM nor frames.");
}

/**
 * The first `frames` frames of a clip.
 * @throws FileError naming the clip: too few frames, damaged, frames of several sizes, no ffmpeg for a video
 */
export async function decodeClip(clip: Clip, frames: number): Promise<DecodedImage[]> {
  const format = sniffClipFormat(clip.bytes);
  if (format === null) throw notAClip(clip);
  const decoded = isVideo(format)
    ? await videoFrames(clip, frames)
    : format === "frames"
      ? await packedFrames(clip, frames)
      : await animationFrames(clip, frames);
  if (decoded.length < frames) {
    throw new FileError(clip.name, `has ${decoded.length} frames, but ${frames} are needed.`);
  }
  const [{ width, height }] = decoded;
  if (decoded.some((frame) => frame.width !== width || frame.height !== height)) {
    throw new FileError(clip.name, "has frames of several sizes.");
  }
  return decoded;
}

async function packedFrames(clip: Clip, most: number): Promise<DecodedImage[]> {
  const { frames } = await unpackFrames(clip, most);
  return Promise.all(frames.map(({ name, bytes }) => decodeImage(bytes, { name })));
}

async function animationFrames(clip: Clip, frames: number): Promise<DecodedImage[]> {
  try {
    const { pages = 1 } = await sharp(clip.bytes).metadata();
    const wanted = Math.min(pages, frames);
    const { data, info } = await sharp(clip.bytes, {
      pages: wanted,
      failOn: "error",
      limitInputPixels: wanted * DEFAULT_MAX_PIXELS,
    })
      .removeAlpha()
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true });
    // Frames come as one tall picture.
    const height = info.height / wanted;
    const size = info.width * height * 3;
    return Array.from({ length: wanted }, (_, i) => ({
      width: info.width,
      height,
      data: data.subarray(i * size, (i + 1) * size),
      format: "webp",
    }));
  } catch (error) {
    throw new FileError(clip.name, "is damaged or no animation.", { cause: error });
  }
}

/** Frames of a video by the system's ffmpeg, which writes them as PPM pictures to a pipe. */
async function videoFrames(clip: Clip, frames: number): Promise<DecodedImage[]> {
  const after = ["-map", "0:v:0", "-frames:v", String(frames), "-f", "image2pipe", "-c:v", "ppm", "-"];
  return parsePpm(await runFfmpeg("ffmpeg", clip, { before: ["-nostdin"], after }), clip.name);
}

/** Concatenated binary PPM pictures of 8 bits. */
function parsePpm(bytes: Buffer, file: string): DecodedImage[] {
  const frames: DecodedImage[] = [];
  for (let at = 0; at < bytes.length;) {
    const header = /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.toString("latin1", at, at + 64));
    if (!header) throw new FileError(file, "gave frames that cannot be read.");
    const [width, height] = [Number(header[1]), Number(header[2])];
    const start = at + header[0].length;
    at = start + width * height * 3;
    frames.push({ width, height, data: bytes.subarray(start, at), format: "png" });
  }
  return frames;
}
