import sharp from "sharp";
import {
  artifactFolder,
  artifactPath,
  cachedDerivative,
  derivativeFolder,
  getArtifact,
} from "@/lib/artifacts/store";
import { clipTiming } from "@/lib/media/video-timing";
import { decodeClip } from "@/lib/media/decode-video";

/** Longest side of a clip as browsers get it. */
const LONGEST_SIDE = 320;
/** Frames of it at most: eight seconds at 12 a second, a megabyte or two. */
const MOST_FRAMES = 96;
/** Frames a second where the clip says nothing of time. */
const DEFAULT_RATE = 12;

/** Whether an artifact is a clip, by its row. */
export const isClip = ({ mediaType, clip }: { mediaType: string; clip: unknown }): boolean =>
  clip !== null || mediaType.startsWith("video/") || mediaType === "image/gif";

/**
 * A clip for browsers: its first frames, small, as an animated WebP that plays at the clip's own rate, or its first frame alone.
 * Without any metadata, and whatever the clip was coded as, so that every browser shows it. Made once and kept on disk.
 * @param sha256 of an artifact that is a clip
 * @throws SalonError when the artifact is missing or cannot be read
 */
export function readClipDerivative(
  sha256: string,
  { still = false }: { still?: boolean } = {},
  folders = { artifacts: artifactFolder(), derivatives: derivativeFolder() },
): Promise<Buffer> {
  const make = async () => {
    const bytes = await getArtifact(sha256, folders.artifacts);
    return encode({ name: sha256, bytes, file: artifactPath(sha256, folders.artifacts) }, still);
  };
  const suffix = `.${LONGEST_SIDE}.${still ? "still" : `clip${MOST_FRAMES}`}.webp`;
  return cachedDerivative(sha256, suffix, make, folders.derivatives);
}

async function encode(clip: Parameters<typeof decodeClip>[0], still: boolean): Promise<Buffer> {
  const timing = await clipTiming(clip);
  const frames = await decodeClip(clip, still ? 1 : Math.min(timing.frames, MOST_FRAMES));
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
    .webp({ quality: 85, effort: 2, ...(small.length > 1 && { loop: 0, delay: small.map(() => delay) }) })
    .toBuffer();
}
