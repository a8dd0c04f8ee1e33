/** Prompts of visitors' own, over all boards. They are no one's benchmark: never shown to others, never in a run. */
export const LIVE_PROMPT_SET = "live";

/** The set of prompts that came with votes imported into a board. */
export const importedPromptSet = (boardSlug: string): string => `imported-${boardSlug}`;

/** Sets that Salon keeps for itself: nobody imports into them, and no list shows them. */
export const isReservedSlug = (slug: string): boolean =>
  slug === LIVE_PROMPT_SET || slug.startsWith(importedPromptSet(""));
