import type { Encoder } from "@/lib/encoders/open-encoder";
import { frameRuleOf, framesOf } from "@/lib/encoders/encoder-spec";
import { TOYBOX_CLIP_INPUT } from "@/lib/encoders/registry";
import { CONSISTENCY_ID, frameConsistency } from "@/lib/metrics/consistency";
import type { VideoReader } from "@/lib/scoring/embed-videos";

const FRAMES = framesOf(TOYBOX_CLIP_INPUT) ?? 1;

/** How alike a video's frames are in an image encoder's features, as an encoder of one feature: no video is measured twice. */
export function consistencyReader(encoder: Encoder): VideoReader {
  return {
    name: CONSISTENCY_ID,
    id: `${CONSISTENCY_ID} ${encoder.id}`,
    dimension: 1,
    preprocessing: `${encoder.preprocessing}, first ${FRAMES} frames at ${TOYBOX_CLIP_INPUT.fps} fps`,
    frames: FRAMES,
    rule: frameRuleOf(TOYBOX_CLIP_INPUT),
    least: 2,
    async extract(videos) {
      const values = new Float32Array(videos.length);
      for (const [i, frames] of videos.entries())
        values[i] = frameConsistency(await encoder.extract(frames), encoder.dimension);
      return values;
    },
    close: () => Promise.resolve(),
  };
}
