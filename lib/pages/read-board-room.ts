import { listInvites } from "@/lib/board-settings/invites";
import { listCandidates } from "@/lib/board-settings/list-candidates";
import { listMembers } from "@/lib/board-settings/list-members";
import { readBoardSettings } from "@/lib/board-settings/read-board-settings";
import { db, type Tx } from "@/lib/db/client";
import type { Visitor } from "@/lib/models/visibility";
import { readBoardChoices } from "@/lib/pages/read-board-choices";
import type { BoardInviteView, BoardMemberView, BoardSettings } from "@/lib/schemas/boards";
import type { BoardCandidate, BoardChoices } from "@/lib/schemas/views";

export type BoardRoomView = {
  settings: BoardSettings;
  members: BoardMemberView[];
  candidates: BoardCandidate[];
  invites: BoardInviteView[];
  choices: BoardChoices;
};

/**
 * All that a board's settings page shows, for who may change the board.
 * @throws SalonError not_found, forbidden
 */
export async function readBoardRoom(
  ask: { slug: string; by: Visitor },
  tx: Tx = db(),
): Promise<BoardRoomView> {
  const { slug, by } = ask;
  const settings = await readBoardSettings({ slug, by }, tx);
  const [members, candidates, invites, choices] = await Promise.all([
    listMembers({ slug, by }, tx),
    listCandidates({ slug, by }, tx),
    listInvites({ slug, by }, tx),
    readBoardChoices({ ...by, settings }, tx),
  ]);
  return { settings, members, candidates, invites, choices };
}
