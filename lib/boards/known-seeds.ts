import { Prisma, type Board, type Run } from "@/lib/db/generated/client";

/**
 * Whether samples of a run keep out of a board's battles because of their seeds: those of a list are the same for prompts whose
 * samples are shown with names, so whoever has the model's weights could draw its side at home. Where only invited people vote, who
 * invites them decides.
 */
export const seedsTellSides = (
  run: Pick<Run, "seedPolicy">,
  board: Pick<Board, "seenBy" | "votedBy">,
): boolean => run.seedPolicy === "FIXED" && board.seenBy === "EVERYONE" && board.votedBy === "EVERYONE";

/** The same in SQL, of run `r` and board `b`. */
export const SEEDS_TELL_SIDES: Prisma.Sql = Prisma.sql`(
  r.seed_policy = 'FIXED' and b.seen_by = 'EVERYONE' and b.voted_by = 'EVERYONE')`;
