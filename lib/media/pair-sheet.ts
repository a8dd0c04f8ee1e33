import { readBattleSheet } from "@/lib/media/battle-sheet";
import { commonClip, shownFrames, type StoredTimes } from "@/lib/media/common-clip";
import type { Clip } from "@/lib/schemas/battles";

/** Longest side in which two samples are shown side by side: larger ones are scaled down, and none is scaled up. */
const LONGEST_SIDE = 1536;

type Size = { width: number; height: number };
/** What of an artifact's row decides how it is shown beside another. */
export type PairedArtifact = Size & { sha256: string; video: unknown };
export type ArtifactPair = readonly [PairedArtifact, PairedArtifact];

/** The box that both samples of a pair fit in, at most LONGEST_SIDE long: the same for both, so that it says nothing of either. */
export function boxOf(a: Size, b: Size): Size {
  const [width, height] = [Math.max(a.width, b.width), Math.max(a.height, b.height)];
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}

/** The one clock of a pair; null unless both are videos. */
export function clipOfPair(pair: readonly Pick<PairedArtifact, "video">[]): Clip | null {
  const videos = pair.map(({ video }) => video as StoredTimes | null);
  return videos.every((video) => video !== null) ? commonClip(videos) : null;
}

/**
 * The frames of one video of a pair, as it is shown beside the other (battle-sheet.ts).
 * @throws SalonError when the artifact is missing; FileError when it cannot be read
 */
export function readPairSheet(which: 0 | 1, pair: ArtifactPair, clip: Clip): Promise<Buffer> {
  const { sha256, video } = pair[which];
  return readBattleSheet(sha256, {
    ...boxOf(...pair),
    fit: "OWN",
    columns: clip.columns,
    shown: shownFrames(video as StoredTimes, clip),
  });
}
