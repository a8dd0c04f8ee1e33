import { z } from "zod";

/** What a board may ask of a pair besides which is better overall. Motion is for video. */
export const criterion = z.enum(["aesthetics", "prompt_following", "motion"]);
export type Criterion = z.output<typeof criterion>;
export const CRITERIA = criterion.options;

/** The name of what every vote says; the first criterion of every fit. */
export const OVERALL = "overall";

/** As pages and tables write them. */
export const CRITERION_LABELS: Record<Criterion | typeof OVERALL, string> = {
  overall: "Overall",
  aesthetics: "Aesthetics",
  prompt_following: "Prompt following",
  motion: "Motion",
};
