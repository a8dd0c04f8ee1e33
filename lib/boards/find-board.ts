import type { Board } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";

/** A board without what only its settings and the vote rules need. */
export type FoundBoard = Omit<Board, "addressHash" | "newVoters" | "votesCheckedAt">;

/**
 * The board of a slug, whoever asks: require-board.ts is for visitors.
 * @throws SalonError "not_found"
 */
export async function findBoard(slug: string, tx: Tx): Promise<FoundBoard> {
  // By hand, because every battle asks: 0.5 ms of CPU where the query builder takes 1.2 ms.
  const [board] = await tx.$queryRaw<FoundBoard[]>`
    select id, slug, name, description, modality, prompt_set_id as "promptSetId", owner_id as "ownerId", question, criteria,
      seen_by as "seenBy", voted_by as "votedBy", submitted_by as "submittedBy", listing, live_prompts as "livePrompts",
      counts_live_votes as "countsLiveVotes",
      site_defaults as "siteDefaults", provisional_votes as "provisionalVotes", image_width as "imageWidth", image_height as "imageHeight", fit,
      aspect_tolerance as "aspectTolerance", archived_at as "archivedAt", created_at as "createdAt"
    from boards where slug = ${slug}`;
  if (board === undefined) throw noBoard(slug);
  return board;
}

/** What is said of a board that is not there, or that who asks may not know of. */
export const noBoard = (slug: string) =>
  new SalonError("not_found", `There is no board ${JSON.stringify(slug)}.`, { field: "board" });
