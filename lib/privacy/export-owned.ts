import type { Tx } from "@/lib/db/client";
import { pagesOf, type ExportRecord } from "@/lib/privacy/export-record";
import type { Person } from "@/lib/privacy/find-person";

/** What somebody brought, in their own words; keys and secrets, which they have, are left out. */
export async function* ownedRecords(person: Person, tx: Tx): AsyncGenerator<ExportRecord> {
  yield* modelRecords(person, tx);
  yield* promptRecords(person, tx);
  const where = { ownerId: { in: person.voterIds } };
  const boards = await tx.board.findMany({
    where,
    omit: { addressHash: true },
    include: { invites: { omit: { tokenHash: true } } },
  });
  for (const board of boards) yield { kind: "board", ...board };
  const comparisons = await tx.comparison.findMany({
    where,
    omit: { addressHash: true },
    include: { runs: { select: { runId: true } }, invites: { omit: { tokenHash: true } } },
  });
  for (const comparison of comparisons) yield { kind: "comparison", ...comparison };
  const references = await tx.referenceSet.findMany({
    where,
    omit: { addressHash: true, mean: true, covariance: true, source: true },
  });
  for (const reference of references) yield { ...reference, madeFrom: reference.kind, kind: "referenceSet" };
  const judges = await tx.judge.findMany({
    where,
    omit: { addressHash: true, apiKeySealed: true, reports: true },
  });
  for (const judge of judges) yield { kind: "judge", ...judge };
  const webhooks = await tx.webhook.findMany({
    where,
    omit: { addressHash: true, secretSealed: true, previousSealed: true },
  });
  for (const webhook of webhooks) yield { kind: "webhook", ...webhook };
}

/** Models with their endpoints, runs, and the addresses of their samples. */
async function* modelRecords({ voterIds }: Person, tx: Tx): AsyncGenerator<ExportRecord> {
  const models = await tx.model.findMany({
    where: { submitterId: { in: voterIds } },
    omit: { addressHash: true, card: true },
    include: {
      endpoint: { omit: { apiKeySealed: true }, include: { capabilities: true, driftChecks: true } },
      runs: { include: { uploads: { omit: { source: true } } } },
    },
  });
  for (const { runs, ...model } of models) {
    yield { kind: "model", ...model };
    for (const run of runs) yield { kind: "run", ...run };
    const samples = pagesOf((after, page) =>
      tx.sample.findMany({
        ...page,
        where: { id: { gt: after }, modelId: model.id, runId: { not: null } },
        select: { id: true, runId: true, promptId: true, index: true, artifactHash: true, createdAt: true },
      }),
    );
    for await (const sample of samples)
      yield { kind: "sample", ...sample, image: `/media/samples/${sample.id}` };
  }
}

/** Prompt sets with their prompts. */
async function* promptRecords({ voterIds }: Person, tx: Tx): AsyncGenerator<ExportRecord> {
  const sets = await tx.promptSet.findMany({
    where: { ownerId: { in: voterIds } },
    omit: { addressHash: true },
  });
  for (const set of sets) {
    yield { kind: "promptSet", ...set };
    const prompts = pagesOf((after, page) =>
      tx.prompt.findMany({ ...page, where: { id: { gt: after }, promptSetId: set.id } }),
    );
    for await (const prompt of prompts) yield { kind: "prompt", ...prompt };
  }
}
