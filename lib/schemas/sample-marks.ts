/** From this score on, 0 to 1, a judge counts as content with a sample. */
export const JUDGE_CONTENT = 0.5;

/** What may be odd about a model's sample of a prompt. Without a schema, whose library no page needs for this. */
export const SAMPLE_MARKS = ["failed", "people-judge", "judge-metric"] as const;
export type SampleMark = (typeof SAMPLE_MARKS)[number];
