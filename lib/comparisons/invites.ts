import { requireComparison } from "@/lib/comparisons/require-comparison";
import type { Via } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import type { ComparisonInvite } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import type {
  ComparisonInviteCreation,
  ComparisonInviteView,
  NewComparisonInvite,
} from "@/lib/schemas/comparisons";
import { hashInviteToken, newInviteToken } from "@/lib/secrets/invite-token";

/** Links that let people vote on a comparison: made, listed, revoked and taken up. */

const DAY_MS = 24 * 60 * 60 * 1000;
/** Open invitations of one comparison, and people who may come by them: more than vote on anything private. */
const MOST = 50;
const MOST_GUESTS = 5_000;

type ByOwner = { comparisonId: string; voterId: string | null; via?: Via };

/**
 * Make a link. Only its token's hash is kept.
 * @param ask.now milliseconds since 1970
 * @throws SalonError not_found; conflict when the comparison has 50 open ones
 */
export function createComparisonInvite(
  ask: ByOwner & { invite: ComparisonInviteCreation; now: number },
  tx?: Tx,
): Promise<NewComparisonInvite> {
  return atomically(tx, async (tx) => {
    const { id, name } = await requireComparison({ ...ask, to: "own" }, tx);
    await tx.$queryRaw`select id from comparisons where id = ${id} for no key update`;
    const open = { comparisonId: id, revokedAt: null, OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(ask.now) } }] }; // prettier-ignore
    if ((await tx.comparisonInvite.count({ where: open })) >= MOST) {
      throw new SalonError("conflict", `The comparison has ${MOST} open invitations. Revoke one first.`);
    }
    const { token, invite } = await makeInvite({ ...ask, comparisonId: id }, tx);
    await recordChange(tx, {
      by: ask,
      action: "comparisons.change",
      subject: { kind: "comparison invitation", id: invite.id, label: name },
      before: null,
      after: { expiresAt: invite.expiresAt },
    });
    return { ...inviteView(invite, 0), path: `/comparisons/join/${token}` };
  });
}

/** The row of a link, with its token. */
export async function makeInvite(
  ask: { comparisonId: string; invite: ComparisonInviteCreation; now: number },
  tx: Tx,
): Promise<{ token: string; invite: ComparisonInvite }> {
  const { comparisonId, now } = ask;
  const { label, days } = ask.invite;
  const { token, tokenHash } = newInviteToken();
  const expiresAt = days === null ? null : new Date(now + days * DAY_MS);
  const data = { id: newId("comparisonInvite"), comparisonId, tokenHash, label, expiresAt };
  return { token, invite: await tx.comparisonInvite.create({ data }) };
}

/** A comparison's links, newest first, without their tokens. @throws SalonError not_found */
export async function listComparisonInvites(ask: ByOwner, tx: Tx = db()): Promise<ComparisonInviteView[]> {
  const { id } = await requireComparison({ ...ask, to: "own" }, tx);
  const invites = await tx.comparisonInvite.findMany({
    where: { comparisonId: id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    include: { _count: { select: { guests: true } } },
  });
  return invites.map(({ _count, ...invite }) => inviteView(invite, _count.guests));
}

/** Revoke a link: nobody comes by it any more, and those who did vote no more. Their votes stay. @throws SalonError not_found */
export function revokeComparisonInvite(ask: ByOwner & { invite: string }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const { id: comparisonId, name } = await requireComparison({ ...ask, to: "own" }, tx);
    const where = { id: ask.invite, comparisonId };
    if ((await tx.comparisonInvite.count({ where })) === 0) {
      throw new SalonError("not_found", "There is no such invitation.");
    }
    const open = { ...where, revokedAt: null };
    const { count } = await tx.comparisonInvite.updateMany({ where: open, data: { revokedAt: new Date() } });
    const { count: guests } = await tx.comparisonGuest.deleteMany({ where: { inviteId: ask.invite } });
    await recordChange(tx, {
      by: ask,
      action: "comparisons.change",
      subject: { kind: "comparison invitation", id: ask.invite, label: name },
      before: { isRevoked: count === 0, guests },
      after: { isRevoked: true, guests: 0 },
    });
  });
}

/**
 * Come to a comparison by a link. Twice is once.
 * @param ask.now milliseconds since 1970
 * @throws SalonError not_found for a link that is unknown, revoked or over; conflict when as many as may have come
 */
export function acceptComparisonInvite(
  ask: { token: string; voterId: string; via?: Via; now: number },
  tx?: Tx,
): Promise<{ comparisonId: string }> {
  return atomically(tx, async (tx) => {
    const invite = await tx.comparisonInvite.findUnique({
      where: { tokenHash: hashInviteToken(ask.token) },
      include: { comparison: true },
    });
    const isOver = invite?.expiresAt instanceof Date && invite.expiresAt.getTime() <= ask.now;
    if (invite === null || invite.revokedAt !== null || isOver) {
      throw new SalonError(
        "not_found",
        "This invitation is not valid any more. Ask who sent it for a new one.",
      );
    }
    const { comparisonId, comparison } = invite;
    if (comparison.ownerId === ask.voterId) return { comparisonId };
    const key = { comparisonId, voterId: ask.voterId };
    if ((await tx.comparisonGuest.count({ where: key })) > 0) return { comparisonId };
    if ((await tx.comparisonGuest.count({ where: { comparisonId } })) >= MOST_GUESTS) {
      throw new SalonError("conflict", "As many people as may vote on this comparison have come.");
    }
    const data = [{ ...key, inviteId: invite.id }];
    const { count } = await tx.comparisonGuest.createMany({ data, skipDuplicates: true });
    await recordChange(tx, {
      by: ask,
      action: "invites.accept",
      subject: { kind: "comparison", id: comparisonId, label: comparison.name },
      before: { isGuest: count === 0 },
      after: { isGuest: true },
    });
    return { comparisonId };
  });
}

export function inviteView(invite: ComparisonInvite, guests: number): ComparisonInviteView {
  return {
    id: invite.id,
    label: invite.label,
    guests,
    expiresAt: invite.expiresAt?.toISOString() ?? null,
    revoked: invite.revokedAt !== null,
    createdAt: invite.createdAt.toISOString(),
  };
}
