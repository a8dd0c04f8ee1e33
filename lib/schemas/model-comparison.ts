import type { BoardAnalysis } from "@/lib/schemas/board-analysis";
import type { LeaderboardRow } from "@/lib/schemas/leaderboard";

/** How many models are held against each other at a time: more columns are no longer read side by side. */
export const MOST_COMPARED = 4;
export const FEWEST_COMPARED = 2;

/** Some of a board's models held against each other. */
export type ModelComparison = {
  board: { slug: string; name: string; isVideo: boolean };
  snapshot: { votes: number; createdAt: string } | null;
  /** In the order asked for. */
  models: LeaderboardRow[];
  /** Asked for, and not on the board. */
  unknown: string[];
  /** Each two of them that are ranked, in both directions. */
  pairs: BoardAnalysis["pairs"];
  /** Prompts outside the arena that all of them have an image of, with one of each model, in the models' order. */
  prompts: { prompt: string; category: string; images: string[] }[];
  /** All models of the board, by name. */
  choices: { model: string; name: string }[];
};

/** The slugs of a link's `vs=a,b`: at most as many as are compared, none twice. */
export function parseCompared(text: string | undefined): string[] {
  const slugs = (text ?? "").split(",").map((slug) => slug.trim());
  return [...new Set(slugs.filter(Boolean))].slice(0, MOST_COMPARED);
}
