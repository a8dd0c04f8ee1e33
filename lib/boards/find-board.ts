import type { Board } from "@/lib/db/generated/client";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";

/**
 * The board of a slug.
 * @throws SalonError "not_found"
 */
export async function findBoard(slug: string, tx: Tx): Promise<Board> {
  // By hand, because every battle asks: 0.5 ms of CPU where the query builder takes 1.2 ms.
  const [board] = await tx.$queryRaw<Board[]>`
    select id, slug, name, description, modality, prompt_set_id as "promptSetId", criteria,
      image_width as "imageWidth", image_height as "imageHeight", aspect_tolerance as "aspectTolerance",
      created_at as "createdAt" from boards where slug = ${slug}`;
  if (board === undefined) {
    throw new SalonError("not_found", `There is no board ${JSON.stringify(slug)}.`, { field: "board" });
  }
  return board;
}
