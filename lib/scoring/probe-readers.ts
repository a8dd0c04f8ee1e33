import type { VideoEncoder } from "@/lib/encoders/open-video-encoder";
import { probeFrameOrder, type TemporalProbe } from "@/lib/metrics/motion/temporal-probe";
import type { VideoReader } from "@/lib/scoring/embed-videos";

/** The order that frames are shuffled into, the same for every video: features are kept by their artifact, whatever run asks. */
const SEED = 1;

/** How features of the videos as they are, and under a probe, are told apart. */
export const probePreprocessing = (preprocessing: string, probe: TemporalProbe): string =>
  `${preprocessing}, ${probe === "frozen" ? "frozen at the middle one" : `shuffled by seed ${SEED}`}`;

/** A video encoder that is shown every video with its motion broken; its features are kept apart from those of the videos as they are. */
export function probeReader(encoder: VideoEncoder, probe: TemporalProbe): VideoReader {
  const { extract, preprocessing, ...same } = encoder;
  return {
    ...same,
    preprocessing: probePreprocessing(preprocessing, probe),
    extract: (videos) =>
      extract(
        videos.map((frames) => probeFrameOrder(probe, frames.length, SEED).map((frame) => frames[frame])),
      ),
  };
}
