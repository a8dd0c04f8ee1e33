import { inLists, IS_OPEN } from "@/lib/boards/board-models";
import { isSetOf } from "@/lib/boards/board-prompts";
import { refusalOf, roleOn } from "@/lib/boards/require-board";
import { db, type Tx } from "@/lib/db/client";
import { Prisma, type Board } from "@/lib/db/generated/client";
import type { GuestRole } from "@/lib/db/generated/enums";
import { controls, type Asker } from "@/lib/models/visibility";
import type { ListedBoard } from "@/lib/schemas/views";

type Row = Omit<ListedBoard, "isPublic" | "isArchived" | "own" | "mayVote" | "maySubmit" | "mayEdit"> &
  Pick<Board, "ownerId" | "seenBy" | "votedBy" | "submittedBy" | "archivedAt"> & { guest: GuestRole | null };

/**
 * Boards that somebody may know of: those that everyone sees, their own, and those they were invited to. Oldest first: the first
 * is the front page's.
 * @param ask.archived archived ones of their own too
 * @param ask.named slug of a board that is given even where the site leaves it out of lists
 */
export async function listBoards(
  ask: { by: Asker; archived?: boolean; named?: string },
  tx: Tx = db(),
): Promise<ListedBoard[]> {
  const { by, archived = false, named = null } = ask;
  const isOperator = by === "operator";
  const voterId = isOperator ? null : by.voterId;
  const runsSites = controls(null, by);
  const rows = await tx.$queryRaw<Row[]>`
    select b.slug, b.name, b.description, b.modality as task, b.image_width || 'x' || b.image_height as "imageSize",
      (select json_agg(json_build_object('slug', t.slug, 'name', t.name) order by t.id <> b.prompt_set_id, t.slug)
        from prompt_sets t where ${isSetOf(Prisma.sql`t.id`)}) as "promptSets",
      b.live_prompts as "livePrompts", b.counts_live_votes as "countsLiveVotes", b.owner_id as "ownerId", b.seen_by as "seenBy", b.voted_by as "votedBy",
      b.submitted_by as "submittedBy", b.archived_at as "archivedAt", g.role as guest
    from boards b left join board_guests g on g.board_id = b.id and g.voter_id = ${voterId}
    where ${inLists()} or (b.slug = ${named} and ${IS_OPEN})
      or (b.seen_by = 'SIGNED_IN' and b.archived_at is null and ${!isOperator && by.isSignedIn === true})
      or ((${isOperator} or (b.owner_id is null and ${runsSites} and (b.seen_by <> 'EVERYONE' or b.archived_at is not null)) or b.owner_id = ${voterId} or g.role is not null) and (b.archived_at is null or ${archived}))
    order by b.created_at, b.id`;
  return rows.map(({ ownerId, seenBy, votedBy, submittedBy, archivedAt, guest, ...board }) => {
    const access = { seenBy, votedBy, submittedBy, archivedAt };
    const role = roleOn({ ownerId }, by, guest);
    return {
      ...board,
      isPublic: seenBy === "EVERYONE",
      isArchived: archivedAt !== null,
      own: ownerId !== null && ownerId === voterId,
      mayVote: refusalOf(access, role, "vote") === null,
      maySubmit: refusalOf(access, role, "submit") === null,
      mayEdit: refusalOf(access, role, "edit") === null,
    };
  });
}
