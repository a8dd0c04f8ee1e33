/** What a board may ask of a pair besides which is better overall. Without a schema, whose library no page needs for this. */
export const CRITERIA = ["aesthetics", "prompt_following", "motion", "consistency"] as const;
export type Criterion = (typeof CRITERIA)[number];

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
