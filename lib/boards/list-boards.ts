import { db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { IN_LISTS } from "@/lib/boards/board-models";
import type { Asker } from "@/lib/models/visibility";
import type { ListedBoard } from "@/lib/schemas/views";

/**
 * Boards that somebody may know of: those that everyone sees, their own, and those they were invited to. Oldest first: the first
 * is the front page's.
 * @param ask.archived archived ones of their own too
 */
export async function listBoards(
  ask: { by: Asker; archived?: boolean },
  tx: Tx = db(),
): Promise<ListedBoard[]> {
  const { by, archived = false } = ask;
  const voterId = by === "operator" ? null : by.voterId;
  const theirs =
    by === "operator"
      ? Prisma.sql`true`
      : Prisma.sql`(b.owner_id = ${voterId}
          or exists (select from board_guests g where g.board_id = b.id and g.voter_id = ${voterId}))`;
  return tx.$queryRaw<ListedBoard[]>`
    select b.slug, b.name, b.description, b.modality as task, b.seen_by = 'EVERYONE' as "isPublic",
      b.archived_at is not null as "isArchived", b.owner_id is not distinct from ${voterId} as own,
      b.image_width || 'x' || b.image_height as "imageSize"
    from boards b
    where ${IN_LISTS} or (${theirs} and (b.archived_at is null or ${archived}))
    order by b.created_at, b.id`;
}
