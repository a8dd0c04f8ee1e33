import sharp from "sharp";
import {
  artifactFolder,
  artifactPath,
  cachedDerivative,
  derivativeFolder,
  getArtifact,
} from "@/lib/artifacts/store";
import { videoTiming } from "@/lib/media/video-timing";
import { decodeVideo } from "@/lib/media/decode-video";

/** Longest side of a video as browsers get it. */
const LONGEST_SIDE = 320;
/** Frames of it at most: eight seconds at 12 a second, a megabyte or two. */
const MOST_FRAMES = 96;
/** Frames a second where the video says nothing of time. */
const DEFAULT_RATE = 12;

/** Whether an artifact is a video, by its row. */
export const isVideo = ({ mediaType, video }: { mediaType: string; video: unknown }): boolean =>
  video !== null || mediaType.startsWith("video/") || mediaType === "image/gif";

/**
 * A video for browsers: its first frames, small, as an animated WebP that plays at the video's own rate, or its first frame alone.
 * Without any metadata, and whatever the video was coded as, so that every browser shows it. Made once and kept on disk.
 * @param sha256 of an artifact that is a video
 * @throws SalonError when the artifact is missing or cannot be read
 */
export function readVideoDerivative(
  sha256: string,
  { still = false }: { still?: boolean } = {},
  folders = { artifacts: artifactFolder(), derivatives: derivativeFolder() },
): Promise<Buffer> {
  const make = async () => {
    const bytes = await getArtifact(sha256, folders.artifacts);
    return encode({ name: sha256, bytes, file: artifactPath(sha256, folders.artifacts) }, still);
  };
  const suffix = `.${LONGEST_SIDE}.${still ? "still" : `video${MOST_FRAMES}`}.webp`;
  return cachedDerivative(sha256, suffix, make, folders.derivatives);
}

/** A video's first frame as a small WebP. @throws FileError naming the video */
export const stillOf = (video: Parameters<typeof decodeVideo>[0]): Promise<Buffer> => encode(video, true);

async function encode(video: Parameters<typeof decodeVideo>[0], still: boolean): Promise<Buffer> {
  const timing = await videoTiming(video);
  const frames = await decodeVideo(video, still ? 1 : Math.min(timing.frames, MOST_FRAMES));
  const [{ width, height }] = frames;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const size = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const small = await Promise.all(
    frames.map(({ data }) =>
      sharp(data, { raw: { width, height, channels: 3 } })
        .resize({ ...size, fit: "fill" })
        .raw()
        .toBuffer(),
    ),
  );
  const delay = Math.max(10, Math.round(1000 / (timing.fps ?? DEFAULT_RATE)));
  const raw = {
    width: size.width,
    height: size.height * small.length,
    channels: 3 as const,
    ...(small.length > 1 && { pageHeight: size.height }),
  };
  return sharp(Buffer.concat(small), { raw })
    .webp({
      quality: 85,
      effort: 2,
      ...(small.length > 1 && { loop: 0, delay: small.map((_, at) => timing.delays?.[at] ?? delay) }),
    })
    .toBuffer();
}
