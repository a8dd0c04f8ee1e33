import { db, type Tx } from "@/lib/db/client";
import type { AuditActor, AuditEvent, Prisma } from "@/lib/db/generated/client";
import type { AuditEventView, AuditFilter, AuditPage } from "@/lib/schemas/accounts/audit";

const DAY_MS = 24 * 60 * 60 * 1000;
const ACTORS: readonly string[] = [
  "user",
  "visitor",
  "token",
  "operator",
  "system",
] satisfies Lowercase<AuditActor>[];

/**
 * A page of the audit log, the newest event first.
 * @param ask.before an event's number: only those before it
 */
export async function listEvents(
  ask: { filter: AuditFilter; before?: string; limit: number },
  tx: Tx = db(),
): Promise<AuditPage> {
  const { filter, before, limit } = ask;
  const earlier = before === undefined ? {} : { id: { lt: BigInt(before) } };
  const rows = await tx.auditEvent.findMany({
    where: { AND: [whereOf(filter), earlier] },
    orderBy: { id: "desc" },
    take: limit + 1,
  });
  const events = rows.slice(0, limit).map(viewOf);
  return { events, next: rows.length > limit ? events[events.length - 1].id : null };
}

/** All events that a filter lets through, the newest first, so many at a time. */
export async function* listPages(filter: AuditFilter, tx: Tx = db()): AsyncGenerator<AuditEventView[]> {
  let before: string | undefined;
  do {
    const page = await listEvents({ filter, before, limit: 1_000 }, tx);
    yield page.events;
    before = page.next ?? undefined;
  } while (before !== undefined);
}

function whereOf({ action, actor, subject, since, until }: AuditFilter): Prisma.AuditEventWhereInput {
  const from = since === undefined ? {} : { gte: new Date(since) };
  const to = until === undefined ? {} : { lt: new Date(Date.parse(until) + DAY_MS) };
  return {
    action,
    at: { ...from, ...to },
    ...(actor !== undefined &&
      (ACTORS.includes(actor) ? { actor: actor.toUpperCase() as AuditActor } : { actorId: actor })),
    ...(subject !== undefined && { OR: [{ subjectId: subject }, { subject }] }),
  };
}

const viewOf = (row: AuditEvent): AuditEventView => ({
  id: String(row.id),
  at: row.at.toISOString(),
  actor: row.actor.toLowerCase() as Lowercase<AuditActor>,
  actorId: row.actorId,
  action: row.action,
  subjectKind: row.subjectKind,
  subjectId: row.subjectId,
  subject: row.subject,
  before: row.before as AuditEventView["before"],
  after: row.after as AuditEventView["after"],
  hash: row.hash,
});
