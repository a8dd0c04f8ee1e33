import type { Tx } from "@/lib/db/client";
import type { ExportRecord } from "@/lib/privacy/export-record";
import type { Person } from "@/lib/privacy/find-person";
import { OF_SAMPLE, reportRecord } from "@/lib/privacy/report-record";

/** Account, sessions, ways in and tokens, without passwords and what opens anything; and what somebody was invited to. */
export async function* accountRecords({ user, voterIds }: Person, tx: Tx): AsyncGenerator<ExportRecord> {
  if (user !== null) yield* signInRecords(user.id, tx);
  const theirs = { where: { voterId: { in: voterIds } } };
  const voters = await tx.voter.findMany({
    where: { id: { in: voterIds } },
    select: { id: true, createdAt: true },
  });
  for (const voter of voters) yield { kind: "voter", ...voter };
  for (const token of await tx.apiToken.findMany({ ...theirs, omit: { hash: true } }))
    yield { kind: "token", ...token };
  const guests = await tx.boardGuest.findMany({
    ...theirs,
    select: { role: true, createdAt: true, board: { select: { slug: true } } },
  });
  for (const { board, ...guest } of guests) yield { kind: "boardGuest", board: board.slug, ...guest };
  const reports = await tx.sampleReport.findMany({
    ...theirs,
    select: { sampleId: true, reason: true, text: true, state: true, createdAt: true, ...OF_SAMPLE },
  });
  for (const report of reports) yield reportRecord(report);
  const invited = await tx.comparisonGuest.findMany({
    ...theirs,
    select: { comparisonId: true, createdAt: true },
  });
  for (const guest of invited) yield { kind: "comparisonGuest", ...guest };
  const tests = await tx.connectionProbe.findMany({ ...theirs, omit: { voterId: true, callHash: true } });
  for (const test of tests) yield { kind: "connectionTest", ...test };
}

async function* signInRecords(id: string, tx: Tx): AsyncGenerator<ExportRecord> {
  const { sessions, accounts, invites, ...user } = await tx.user.findUniqueOrThrow({
    where: { id },
    include: {
      sessions: { select: { id: true, userAgent: true, createdAt: true, expiresAt: true } },
      accounts: { select: { providerId: true, accountId: true, createdAt: true } },
      invites: { select: { role: true, email: true, createdAt: true, usedAt: true } },
    },
  });
  yield { kind: "account", ...user };
  for (const session of sessions) yield { kind: "session", ...session };
  for (const way of accounts) yield { kind: "wayIn", ...way };
  for (const invite of invites) yield { kind: "accountInvite", ...invite };
}
