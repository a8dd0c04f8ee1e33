import {
  LEAST_FRAMES,
  measureMotion,
  MOTION_FRAMES,
  MOTION_ID,
  MOTION_PREPROCESSING,
  type Motion,
} from "@/lib/metrics/motion/measure-motion";
import type { VideoReader } from "@/lib/scoring/embed-videos";

/** The measures of motion in the order in which they are kept. */
export const MOTION_VALUES = ["flicker", "smoothness", "dynamicDegree"] as const satisfies (keyof Motion)[];

/** The measures of motion as an encoder of three features: videos are decoded once for all, and never measured twice. */
export const motionReader: VideoReader = {
  name: "block-motion",
  id: MOTION_ID,
  dimension: MOTION_VALUES.length,
  preprocessing: MOTION_PREPROCESSING,
  frames: MOTION_FRAMES,
  rule: "first",
  // Animations keep a frame that stands still once, and so have fewer frames than were put in.
  least: LEAST_FRAMES,
  extract: (videos) =>
    Promise.resolve(
      Float32Array.from(
        videos.flatMap((frames) => {
          const motion = measureMotion(frames);
          return MOTION_VALUES.map((name) => motion[name]);
        }),
      ),
    ),
  close: () => Promise.resolve(),
};
