import { createHash } from "node:crypto";
import sharp from "sharp";
import {
  artifactFolder,
  artifactPath,
  cachedDerivative,
  derivativeFolder,
  getArtifact,
} from "@/lib/artifacts/store";
import type { BoardFit } from "@/lib/db/generated/enums";
import { BACKGROUND } from "@/lib/media/background";
import { decodeVideo } from "@/lib/media/decode-video";
import { LOSSLESS_UP_TO } from "@/lib/media/image-derivative";

/** Pixels of a sheet at most: what two of them take decoded, a phone has. */
const MOST_PIXELS = 24 * 1024 * 1024;

/**
 * A video as one side of a battle: the frames that are shown, row by row in one WebP image, so that a page shows both sides' frames by
 * one clock and in every browser. Without metadata, and made alike of whatever the video was coded as: of fit "SAME" each frame
 * covers the board's size, of fit "OWN" it lies within it; beyond 24 megapixels in all, frames are scaled down.
 * @param sheet.shown which stored frame each place shows, rising
 * @throws SalonError when the artifact is missing; FileError when it cannot be read
 */
export function readBattleSheet(
  sha256: string,
  sheet: { width: number; height: number; fit: BoardFit; shown: readonly number[]; columns: number },
): Promise<Buffer> {
  const { width, height, fit, shown, columns } = sheet;
  const make = async () => {
    const bytes = await getArtifact(sha256);
    const video = { name: sha256, bytes, file: artifactPath(sha256, artifactFolder()) };
    const decoded = await decodeVideo(video, shown[shown.length - 1] + 1);
    const rows = Math.ceil(shown.length / columns);
    const scale = Math.min(1, Math.sqrt(MOST_PIXELS / (columns * width * rows * height)));
    const [across, down] = [width, height].map((side) => Math.max(1, Math.floor(side * scale)));
    const frames = await Promise.all(
      shown.map((at) => {
        const { data, width, height } = decoded[at];
        return sharp(data, { raw: { width, height, channels: 3 } })
          .resize({
            ...{ width: across, height: down, kernel: "lanczos3" },
            ...(fit === "SAME" ? { fit: "cover" } : { fit: "inside", withoutEnlargement: true }),
          })
          .raw()
          .toBuffer({ resolveWithObject: true });
      }),
    );
    const cell = frames[0].info;
    return sharp({
      create: {
        width: columns * cell.width,
        height: rows * cell.height,
        channels: 3,
        background: BACKGROUND,
      },
    })
      .composite(
        frames.map(({ data, info }, at) => ({
          input: data,
          raw: { width: info.width, height: info.height, channels: 3 },
          left: (at % columns) * cell.width,
          top: Math.floor(at / columns) * cell.height,
        })),
      )
      .webp(Math.max(width, height) <= LOSSLESS_UP_TO ? { lossless: true } : { quality: 90 })
      .toBuffer();
  };
  // The same video beside others is shown at other moments.
  const moments = createHash("sha256").update(shown.join()).digest("hex").slice(0, 16);
  const name = `${width}x${height}${fit === "OWN" ? ".own" : ""}.${columns}.${moments}`;
  return cachedDerivative(sha256, `.battle.${name}.webp`, make, derivativeFolder());
}
