import { recordChange } from "@/lib/audit/record-change";
import type { Via } from "@/lib/audit/actor";
import { requireBoard, readBoardRole } from "@/lib/boards/require-board";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import type { BoardInvite } from "@/lib/db/generated/client";
import type { GuestRole } from "@/lib/db/generated/enums";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import type { Asker } from "@/lib/models/visibility";
import type { BoardInviteView, InviteCreation, NewInvite } from "@/lib/schemas/boards";
import { hashInviteToken, newInviteToken } from "@/lib/secrets/invite-token";

/** Links that let people onto a board: made, listed, revoked and taken up. */

const DAY_MS = 24 * 60 * 60 * 1000;
/** Open invitations of one board. */
const MOST = 50;

const ROLES = { voter: "VOTER", submitter: "SUBMITTER", editor: "EDITOR" } as const satisfies Record<
  InviteCreation["role"],
  GuestRole
>;
/** What a role may, in order: a guest who comes by a second link keeps the greater. */
const GREATER: GuestRole[] = ["VOTER", "SUBMITTER", "EDITOR"];

/**
 * Make a link. Only its token's hash is kept.
 * @param now milliseconds since 1970
 * @throws SalonError not_found, forbidden; conflict when the board has 50 open ones
 */
export function createInvite(
  ask: { slug: string; invite: InviteCreation; by: Asker; now: number },
  tx?: Tx,
): Promise<NewInvite> {
  const { invite, now } = ask;
  return atomically(tx, async (tx) => {
    const board = await requireBoard({ slug: ask.slug, by: ask.by, to: "edit" }, tx);
    await tx.$queryRaw`select id from boards where id = ${board.id} for no key update`;
    const open = { boardId: board.id, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(now) } }] }; // prettier-ignore
    if ((await tx.boardInvite.count({ where: open })) >= MOST) {
      throw new SalonError("conflict", `The board has ${MOST} open invitations. Revoke one first.`);
    }
    const { token, tokenHash } = newInviteToken();
    const made = await tx.boardInvite.create({
      data: {
        id: newId("boardInvite"),
        boardId: board.id,
        tokenHash,
        role: ROLES[invite.role],
        label: invite.label,
        expiresAt: invite.days === null ? null : new Date(now + invite.days * DAY_MS),
      },
    });
    await recordChange(tx, {
      by: ask.by,
      action: "boards.edit",
      subject: { kind: "board invitation", id: made.id, label: board.name },
      before: null,
      after: { role: made.role, expiresAt: made.expiresAt },
    });
    return { ...viewOf(made, 0), path: `/invite/${token}` };
  });
}

/** A board's links, newest first, without their tokens. @throws SalonError not_found, forbidden */
export async function listInvites(
  ask: { slug: string; by: Asker },
  tx: Tx = db(),
): Promise<BoardInviteView[]> {
  const { id } = await requireBoard({ ...ask, to: "edit" }, tx);
  const invites = await tx.boardInvite.findMany({
    where: { boardId: id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    include: { _count: { select: { guests: true } } },
  });
  return invites.map(({ _count, ...invite }) => viewOf(invite, _count.guests));
}

/**
 * Revoke a link: nobody comes by it any more, and those who did leave the board. Their votes stay.
 * @throws SalonError not_found, forbidden
 */
export function revokeInvite(ask: { slug: string; invite: string; by: Asker }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const { id: boardId, name } = await requireBoard({ slug: ask.slug, by: ask.by, to: "edit" }, tx);
    const where = { id: ask.invite, boardId };
    if ((await tx.boardInvite.count({ where })) === 0) {
      throw new SalonError("not_found", "There is no such invitation.");
    }
    const { count } = await tx.boardInvite.updateMany({
      where: { ...where, revokedAt: null },
      data: { revokedAt: new Date() },
    });
    const { count: guests } = await tx.boardGuest.deleteMany({ where: { inviteId: ask.invite } });
    await recordChange(tx, {
      by: ask.by,
      action: "boards.edit",
      subject: { kind: "board invitation", id: ask.invite, label: name },
      before: { isRevoked: count === 0, guests },
      after: { isRevoked: true, guests: 0 },
    });
  });
}

/**
 * Come onto a board by a link. Twice is once; a link of a lesser role takes nothing away.
 * @param now milliseconds since 1970
 * @returns the board's slug
 * @throws SalonError not_found for a link that is unknown, revoked or over
 */
export function acceptInvite(
  ask: { token: string; voterId: string; via?: Via; now: number },
  tx?: Tx,
): Promise<{ board: string; name: string }> {
  return atomically(tx, async (tx) => {
    const invite = await tx.boardInvite.findUnique({
      where: { tokenHash: hashInviteToken(ask.token) },
      include: { board: true },
    });
    const isOver = invite?.expiresAt instanceof Date && invite.expiresAt.getTime() <= ask.now;
    if (invite === null || invite.revokedAt !== null || isOver) {
      throw new SalonError(
        "not_found",
        "This invitation is not valid any more. Ask who sent it for a new one.",
      );
    }
    const { board, role } = invite;
    const has = await readBoardRole(board, { voterId: ask.voterId }, tx);
    if (
      has !== "owner" &&
      (has === null || has === "ACCOUNT" || GREATER.indexOf(role) > GREATER.indexOf(has))
    ) {
      const key = { boardId: board.id, voterId: ask.voterId };
      await tx.boardGuest.upsert({
        where: { boardId_voterId: key },
        create: { ...key, role, inviteId: invite.id },
        update: { role, inviteId: invite.id },
      });
      await recordChange(tx, {
        by: ask,
        action: "invites.accept",
        subject: { kind: "board", id: board.id, label: board.name },
        before: { role: has },
        after: { role },
      });
    }
    return { board: board.slug, name: board.name };
  });
}

function viewOf(invite: BoardInvite, guests: number): BoardInviteView {
  return {
    id: invite.id,
    role: invite.role.toLowerCase() as BoardInviteView["role"],
    label: invite.label,
    guests,
    expiresAt: invite.expiresAt?.toISOString() ?? null,
    revoked: invite.revokedAt !== null,
    createdAt: invite.createdAt.toISOString(),
  };
}
