import { requireBoard } from "@/lib/boards/require-board";
import { readVisitor } from "./visitor";

/**
 * The slug of a board that who asks may see.
 * @throws SalonError "not_found"
 */
export async function seenBoard(request: Request, slug: string): Promise<string> {
  return (await requireBoard({ slug, by: { voterId: await readVisitor(request) }, to: "see" })).slug;
}
