import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import { db, type Tx } from "@/lib/db/client";
import type { RunLink } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import type { Visitor } from "@/lib/models/visibility";
import { lockOwnRun, requireOwnRun } from "@/lib/runs/lock-run";
import type { NewRunLink, RunLinkCreation, RunLinkView } from "@/lib/schemas/run-links";
import { hashInviteToken, newInviteToken } from "@/lib/secrets/invite-token";

/** Links that show one run to whoever has them: made, listed, revoked and opened. */

const DAY_MS = 24 * 60 * 60 * 1000;
/** Open links of one run. */
const MOST = 20;

type ByOwner = { runId: string; by: Visitor };

/**
 * Make a link. Only its token's hash is kept.
 * @param ask.now milliseconds since 1970
 * @throws SalonError not_found, forbidden; conflict when the run has 20 open ones
 */
export function createRunLink(
  ask: ByOwner & { link: RunLinkCreation; now: number },
  tx?: Tx,
): Promise<NewRunLink> {
  const { link, now, by } = ask;
  return atomically(tx, async (tx) => {
    const run = await lockOwnRun(ask.runId, by, tx);
    const open = { runId: run.id, revokedAt: null, expiresAt: { gt: new Date(now) } };
    if ((await tx.runLink.count({ where: open })) >= MOST) {
      throw new SalonError("conflict", `The run has ${MOST} open links. Revoke one first.`);
    }
    const { token, tokenHash } = newInviteToken();
    const expiresAt = new Date(now + link.days * DAY_MS);
    const made = await tx.runLink.create({
      data: { id: newId("runLink"), runId: run.id, tokenHash, label: link.label, expiresAt },
    });
    await recordLink(made, by, { before: null, after: { expiresAt } }, tx);
    return { ...viewOf(made), path: `/shared/${token}` };
  });
}

/** A run's links, newest first, without their tokens. @throws SalonError not_found, forbidden */
export async function listRunLinks(ask: ByOwner, tx: Tx = db()): Promise<RunLinkView[]> {
  const run = await requireOwnRun(ask.runId, ask.by, tx);
  const links = await tx.runLink.findMany({
    where: { runId: run.id },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
  });
  return links.map(viewOf);
}

/** Revoke a link: from the next request on it shows nothing. Again changes nothing. @throws SalonError not_found, forbidden */
export function revokeRunLink(ask: ByOwner & { link: string }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const run = await lockOwnRun(ask.runId, ask.by, tx);
    const link = await tx.runLink.findFirst({ where: { id: ask.link, runId: run.id } });
    if (link === null) throw new SalonError("not_found", "There is no such link.");
    if (link.revokedAt !== null) return;
    await tx.runLink.update({ where: { id: link.id }, data: { revokedAt: new Date() } });
    const change = { before: { isRevoked: false }, after: { isRevoked: true } };
    await recordLink(link, ask.by, change, tx);
  });
}

const recordLink = (
  { id, runId }: RunLink,
  by: Actor,
  change: { before: Record<string, unknown> | null; after: Record<string, unknown> },
  tx: Tx,
) =>
  recordChange(tx, { by, action: "runs.share", subject: { kind: "run link", id, label: runId }, ...change });

/**
 * The run that a link shows. That it was used is written at most once a minute.
 * @throws SalonError not_found for a link that is unknown, revoked or over
 */
export async function openRunLink(token: string, tx: Tx = db()): Promise<{ runId: string }> {
  const [found] = await tx.$queryRaw<{ id: string; runId: string; isUnnoted: boolean }[]>`
    select id, run_id as "runId", coalesce(last_used_at < now() - interval '1 minute', true) as "isUnnoted"
    from run_links where token_hash = ${hashInviteToken(token)} and revoked_at is null and expires_at > now()`;
  if (found === undefined) {
    throw new SalonError("not_found", "This link is not valid any more. Ask who sent it for a new one.");
  }
  if (found.isUnnoted)
    await tx.$executeRaw`
      update run_links set last_used_at = now()
      where id = ${found.id} and coalesce(last_used_at < now() - interval '1 minute', true)`;
  return { runId: found.runId };
}

function viewOf(link: RunLink): RunLinkView {
  return {
    id: link.id,
    label: link.label,
    expiresAt: link.expiresAt.toISOString(),
    revoked: link.revokedAt !== null,
    lastUsedAt: link.lastUsedAt?.toISOString() ?? null,
    createdAt: link.createdAt.toISOString(),
  };
}
