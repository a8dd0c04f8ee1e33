import { findBoard, noBoard, type FoundBoard } from "@/lib/boards/find-board";
import { db, type Tx } from "@/lib/db/client";
import type { BoardAudience, GuestRole } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { controls, type Asker } from "@/lib/models/visibility";

/** What somebody wants of a board. */
export type BoardUse = "see" | "vote" | "submit" | "edit";

/** What somebody is to a board: who runs it, a guest, somebody with an account, or nobody in particular. */
export type BoardRole = "owner" | GuestRole | "ACCOUNT" | null;

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
): "unseen" | "uninvited" | "signed out" | "archived" | null {
  const isEditor = role === "owner" || role === "EDITOR";
  if (!isOf(board.seenBy, role)) return "unseen";
  if (use === "see") return null;
  if (use === "edit") return isEditor ? null : "uninvited";
  if (board.archivedAt !== null) return "archived";
  const audience = use === "vote" ? board.votedBy : board.submittedBy;
  // Where submitting takes an invitation, one to vote is not enough.
  const isVoterAlone = use === "submit" && audience === "INVITED" && role === "VOTER";
  if (isEditor || (isOf(audience, role) && !isVoterAlone)) return null;
  return audience === "SIGNED_IN" ? "signed out" : "uninvited";
}

/** Whether an audience takes in somebody of this role. */
function isOf(audience: BoardAudience, role: BoardRole): boolean {
  if (audience === "EVERYONE") return true;
  return role !== null && (role !== "ACCOUNT" || audience === "SIGNED_IN");
}

/**
 * What somebody is to a board. The operator runs every board at the command line; the site's own ones are run by who runs the site.
 * @param guest their role as a guest, if they are one
 */
export function roleOn(board: { ownerId: string | null }, by: Asker, guest: GuestRole | null): BoardRole {
  if (controls(board.ownerId, by)) return "owner";
  return guest ?? (by !== "operator" && by.isSignedIn ? "ACCOUNT" : null);
}

/** The same, with a look at whether they are a guest. */
export async function readBoardRole(
  board: { id: string; ownerId: string | null },
  by: Asker,
  tx: Tx,
): Promise<BoardRole> {
  const role = roleOn(board, by, null);
  if (role === "owner" || by === "operator" || by.voterId === null) return role;
  const [guest] = await tx.$queryRaw<{ role: GuestRole }[]>`
    select role from board_guests where board_id = ${board.id} and voter_id = ${by.voterId}`;
  return guest?.role ?? role;
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
    case "signed out":
      throw new SalonError(
        "unauthorised",
        `Sign in to ${ask.to === "vote" ? "vote on" : "submit models to"} this board.`,
      );
    case "uninvited":
      throw new SalonError("forbidden", SENTENCES[ask.to as Exclude<BoardUse, "see">]);
  }
  return { ...board, role };
}
