/** Category under which votes on visitors' own prompts are logged, counted and fitted. */
export const LIVE_CATEGORY = "live";
