import { z } from "zod";

/** What a board may ask of a pair besides which is better overall. */
export const criterion = z.enum(["aesthetics", "prompt_following", "motion", "consistency"]);
export type Criterion = z.output<typeof criterion>;
export const CRITERIA = criterion.options;

/** What only a video can be asked: how things move, and whether they stay what they are from frame to frame. */
const OF_VIDEOS: readonly Criterion[] = ["motion", "consistency"];

/** What a board may ask, by whether it compares videos. */
export const criteriaFor = (task: { isVideo: boolean }): Criterion[] =>
  CRITERIA.filter((each) => task.isVideo || !OF_VIDEOS.includes(each));

/** The name of what every vote says; the first criterion of every fit. */
export const OVERALL = "overall";

/** As pages and tables write them. */
export const CRITERION_LABELS: Record<Criterion | typeof OVERALL, string> = {
  overall: "Overall",
  aesthetics: "Aesthetics",
  prompt_following: "Prompt following",
  motion: "Motion",
  consistency: "Consistency",
};
