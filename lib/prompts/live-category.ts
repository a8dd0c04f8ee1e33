/** Category under which votes on visitors' own prompts are logged and counted. */
export const LIVE_CATEGORY = "live";
