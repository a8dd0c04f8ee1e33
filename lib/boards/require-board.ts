import { findBoard, noBoard, type FoundBoard } from "@/lib/boards/find-board";
import { db, type Tx } from "@/lib/db/client";
import type { BoardAudience, GuestRole } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { controls, type Asker } from "@/lib/models/visibility";

/** What somebody wants of a board. */
export type BoardUse = "see" | "vote" | "submit" | "edit";

/** What somebody is to a board: who runs it, a guest, or nobody in particular. */
export type BoardRole = "owner" | GuestRole | null;

type Access = {
  seenBy: BoardAudience;
  votedBy: BoardAudience;
  submittedBy: BoardAudience;
  archivedAt: Date | null;
};

/**
 * Who may do what on a board, all of it in one place. Who runs it may do everything; an archived board takes neither votes nor
 * models, from anybody.
 * @returns null where they may, else why not: "unseen" is answered as if there were no such board
 */
export function refusalOf(
  board: Access,
  role: BoardRole,
  use: BoardUse,
): "unseen" | "uninvited" | "archived" | null {
  const isEditor = role === "owner" || role === "EDITOR";
  if (board.seenBy === "INVITED" && role === null) return "unseen";
  if (use === "see") return null;
  if (use === "edit") return isEditor ? null : "uninvited";
  if (board.archivedAt !== null) return "archived";
  if (use === "vote") return board.votedBy === "EVERYONE" || role !== null ? null : "uninvited";
  return board.submittedBy === "EVERYONE" || isEditor || role === "SUBMITTER" ? null : "uninvited";
}

/**
 * What somebody is to a board. The operator runs every board at the command line; the site's own ones are run by who runs the site.
 * @param guest their role as a guest, if they are one
 */
export function roleOn(board: { ownerId: string | null }, by: Asker, guest: GuestRole | null): BoardRole {
  return controls(board.ownerId, by) ? "owner" : guest;
}

/** The same, with a look at whether they are a guest. */
export async function readBoardRole(
  board: { id: string; ownerId: string | null },
  by: Asker,
  tx: Tx,
): Promise<BoardRole> {
  const role = roleOn(board, by, null);
  if (role !== null || by === "operator" || by.voterId === null) return role;
  const [guest] = await tx.$queryRaw<{ role: GuestRole }[]>`
    select role from board_guests where board_id = ${board.id} and voter_id = ${by.voterId}`;
  return guest?.role ?? null;
}

const SENTENCES = {
  vote: "Only invited people vote on this board. Ask who runs it for a link.",
  submit: "Only invited people submit models to this board. Ask who runs it for a link.",
  edit: "Only who runs this board changes it.",
} as const satisfies Record<Exclude<BoardUse, "see">, string>;

/**
 * The board of a slug, for somebody who wants to do something with it.
 * @throws SalonError "not_found" also for a board that they may not see; "forbidden" for what they may not do there;
 *   "conflict" for votes and models on an archived board
 */
export async function requireBoard(
  ask: { slug: string; by: Asker; to: BoardUse },
  tx: Tx = db(),
): Promise<FoundBoard & { role: BoardRole }> {
  const board = await findBoard(ask.slug, tx);
  const isOpen = board.seenBy === "EVERYONE" && ask.to === "see";
  const role = isOpen ? null : await readBoardRole(board, ask.by, tx);
  switch (refusalOf(board, role, ask.to)) {
    case "unseen":
      throw noBoard(ask.slug);
    case "archived":
      throw new SalonError(
        "conflict",
        `${board.name} is archived: it takes no votes and no models any more.`,
      );
    case "uninvited":
      throw new SalonError("forbidden", SENTENCES[ask.to as Exclude<BoardUse, "see">]);
  }
  return { ...board, role };
}
