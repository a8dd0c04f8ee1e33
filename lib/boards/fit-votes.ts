import { Prisma } from "@/lib/db/generated/client";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";

/** Which of a board's votes a fit is of. */
export type FitScope = {
  /** A prompt category; "" for the whole board. */
  category: string;
  /** Whether votes on visitors' own prompts enter the whole board's fit; otherwise they are in that of their category alone. */
  countsLiveVotes: boolean;
};

/** Whether votes on prompts of a category enter a fit. */
export function entersFit(voted: string, { category, countsLiveVotes }: FitScope): boolean {
  if (category !== "") return voted === category;
  return countsLiveVotes || voted !== LIVE_CATEGORY;
}

/** SQL: the same of a vote's prompt p. */
export function inFit({ category, countsLiveVotes }: FitScope): Prisma.Sql {
  if (category !== "") return Prisma.sql`p.category = ${category}`;
  return countsLiveVotes ? Prisma.sql`true` : Prisma.sql`p.category <> ${LIVE_CATEGORY}`;
}
