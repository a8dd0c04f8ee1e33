import { LIVE_CATEGORY } from "@/lib/schemas/live-category";

/** A prompt category as a board's readers know it. */
export const categoryName = (category: string): string =>
  category === LIVE_CATEGORY ? "own prompts" : category;

/** Which prompts votes were on: "on own prompts", "on colour prompts"; "" for all. */
export const onCategory = (category: string | null): string => {
  if (category === null) return "";
  return category === LIVE_CATEGORY ? "on visitors’ own prompts" : `on ${category} prompts`;
};
