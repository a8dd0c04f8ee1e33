import { imageAddress } from "@/lib/battles/battle-view";
import { db, type Tx } from "@/lib/db/client";
import { findPerson, type Person, type PersonName } from "@/lib/privacy/find-person";
import { accountRecords } from "@/lib/privacy/export-account";
import { ownedRecords } from "@/lib/privacy/export-owned";
import { pagesOf, type ExportRecord } from "@/lib/privacy/export-record";
import { OF_SAMPLE, reportRecord } from "@/lib/privacy/report-record";

/**
 * Everything that is somebody's, as JSON lines, each with its `kind`: account, sessions, tokens (without what opens anything), votes,
 * prompts of their own with their images' addresses, reports, models, runs, boards, prompt sets, comparisons, and events of the audit log
 * that they caused. Written a page at a time.
 * @param ask.now milliseconds since 1970
 * @throws SalonError not_found, before the first line
 */
export async function exportPerson(
  ask: { person: PersonName; now: number },
  tx: Tx = db(),
): Promise<AsyncGenerator<string>> {
  const person = await findPerson(ask.person, tx);
  return linesOf(person, ask.now, tx);
}

async function* linesOf(person: Person, now: number, tx: Tx): AsyncGenerator<string> {
  yield line({ kind: "export", madeAt: new Date(now), voterIds: person.voterIds });
  for await (const record of recordsOf(person, tx)) yield line(record);
}

async function* recordsOf(person: Person, tx: Tx): AsyncGenerator<ExportRecord> {
  yield* accountRecords(person, tx);
  yield* voteRecords(person, tx);
  yield* ownPromptRecords(person, tx);
  yield* reportRecords(person, tx);
  yield* comparisonVoteRecords(person, tx);
  yield* ownedRecords(person, tx);
  yield* auditRecords(person, tx);
}

/** Exact amounts and large numbers as texts. */
const line = (record: ExportRecord): string =>
  `${JSON.stringify(record, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value))}\n`;

async function* voteRecords({ voterIds }: Person, tx: Tx): AsyncGenerator<ExportRecord> {
  const votes = pagesOf((after, page) =>
    tx.vote.findMany({
      ...page,
      where: { id: { gt: after }, voterId: { in: voterIds } },
      select: {
        ...{ id: true, voterId: true, battleId: true, outcome: true, status: true, statusReason: true },
        ...{ decisionMs: true, createdAt: true },
        answers: { select: { criterion: true, outcome: true } },
        board: { select: { slug: true } },
        leftModel: { select: { slug: true } },
        rightModel: { select: { slug: true } },
        battle: { select: { kind: true, prompt: { select: { text: true, category: true } } } },
      },
    }),
  );
  for await (const { board, leftModel, rightModel, battle, ...vote } of votes) {
    const models = { left: leftModel.slug, right: rightModel.slug };
    yield { kind: "vote", ...vote, board: board.slug, ...models, ...battle.prompt, battle: battle.kind };
  }
}

/** Prompts that they wrote in the arena. */
async function* ownPromptRecords({ voterIds }: Person, tx: Tx): AsyncGenerator<ExportRecord> {
  const battles = pagesOf((after, page) =>
    tx.battle.findMany({
      ...page,
      where: { id: { gt: after }, voterId: { in: voterIds }, kind: "LIVE" },
      select: { id: true, state: true, createdAt: true, prompt: { select: { text: true } } },
    }),
  );
  for await (const { id, state, createdAt, prompt } of battles) {
    const sides = state === "READY" ? (["left", "right"] as const) : [];
    const images = await Promise.all(sides.map((side) => imageAddress(id, side)));
    yield { kind: "ownPrompt", battleId: id, text: prompt.text, images, createdAt };
  }
}

/** Images that they reported. */
async function* reportRecords({ voterIds }: Person, tx: Tx): AsyncGenerator<ExportRecord> {
  const reports = pagesOf((after, page) =>
    tx.sampleReport.findMany({
      ...page,
      where: { id: { gt: after }, voterId: { in: voterIds } },
      include: OF_SAMPLE,
    }),
  );
  for await (const report of reports) yield reportRecord(report);
}

async function* comparisonVoteRecords({ voterIds }: Person, tx: Tx): AsyncGenerator<ExportRecord> {
  const votes = pagesOf((after, page) =>
    tx.comparisonVote.findMany({
      ...page,
      where: { id: { gt: after }, voterId: { in: voterIds } },
      select: {
        ...{ id: true, comparisonId: true, outcome: true, firstIsLeft: true, decisionMs: true },
        ...{ handedAt: true, votedAt: true, prompt: { select: { text: true } } },
      },
    }),
  );
  for await (const { prompt, ...vote } of votes)
    yield { kind: "comparisonVote", ...vote, prompt: prompt.text };
}

/** What they changed, themselves and by their tokens. */
async function* auditRecords({ user, voterIds }: Person, tx: Tx): AsyncGenerator<ExportRecord> {
  const tokens = await tx.apiToken.findMany({ where: { voterId: { in: voterIds } }, select: { id: true } });
  const ids = [...(user === null ? [] : [user.id]), ...voterIds, ...tokens.map(({ id }) => id)];
  const events = pagesOf((after, page) =>
    tx.auditEvent.findMany({
      ...page,
      where: { id: { gt: BigInt(after) }, actorId: { in: ids } },
      omit: { addressHash: true, prevHash: true, hash: true },
    }),
  );
  for await (const event of events) yield { kind: "change", ...event };
}
