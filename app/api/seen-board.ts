import { requireBoard } from "@/lib/boards/require-board";
import type { Asker } from "@/lib/models/visibility";

/**
 * The slug of a board that who asks may see.
 * @throws SalonError "not_found"
 */
export async function seenBoard(by: Asker, slug: string): Promise<string> {
  return (await requireBoard({ slug, by, to: "see" })).slug;
}
