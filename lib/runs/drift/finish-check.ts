import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import type { DriftCheck, DriftImage } from "@/lib/db/generated/client";
import { judgeDrift, LEAST_CANARIES, type CanaryImages } from "@/lib/metrics/drift";
import { tellModelChanged } from "@/lib/webhooks/tell-model-changed";

/**
 * Say what a look found, by its images and those of the last look at the same version that found something; whoever listens is told of
 * a change. Of looks before that only the numbers stay. Safe to run twice: the first one says.
 * @param options.isGivenUp whether nothing more will come of it
 */
export function finishCheck(checkId: string, db: Db, { isGivenUp = false } = {}): Promise<void> {
  return inTransaction(async (tx) => {
    const open = await tx.$queryRaw<unknown[]>`
      select 1 from drift_checks where id = ${checkId} and verdict is null for update`;
    if (open.length === 0) return;
    const check = await tx.driftCheck.findUniqueOrThrow({
      where: { id: checkId },
      include: { images: true },
    });
    const last = await findLast(check, tx);
    const found = isGivenUp ? NOTHING : foundBy(check, last);
    await tx.driftCheck.update({ where: { id: checkId }, data: { ...found, finishedAt: new Date() } });
    if (found.verdict === "changed") await tellModelChanged(checkId, tx);
    await tx.driftImage.deleteMany({
      where: {
        check: {
          endpointId: check.endpointId,
          id: { notIn: [checkId, ...(last === null ? [] : [last.id])] },
        },
      },
    });
  }, db);
}

const NOTHING = { verdict: "unknown", distance: null, low: null, high: null, prompts: 0 } as const;

type WithImages = DriftCheck & { images: DriftImage[] };

function findLast(check: DriftCheck, tx: Tx): Promise<WithImages | null> {
  const { endpointId, version, seeded, createdAt } = check;
  return tx.driftCheck.findFirst({
    where: {
      ...{ endpointId, version, seeded, createdAt: { lt: createdAt } },
      verdict: { in: ["first", "unchanged", "changed"] },
    },
    orderBy: { createdAt: "desc" },
    include: { images: true },
  });
}

function foundBy(check: WithImages, last: WithImages | null) {
  const now = byPrompt(check.images);
  if (last === null) {
    const verdict = now.size < LEAST_CANARIES ? ("unknown" as const) : ("first" as const);
    return { ...NOTHING, verdict, prompts: now.size };
  }
  const before = byPrompt(last.images);
  const images: CanaryImages[] = [...now].map(([promptId, drawn]) => ({
    last: before.get(promptId) ?? [],
    now: drawn,
  }));
  return judgeDrift(images, { seeded: check.seeded });
}

/** The thumbnails of each prompt in the order of its draws; refused ones are left out. */
function byPrompt(images: readonly DriftImage[]): Map<string, Uint8Array[]> {
  const found = new Map<string, Uint8Array[]>();
  for (const { promptId, thumbnail } of [...images].sort((a, b) => a.draw - b.draw))
    if (thumbnail !== null) found.set(promptId, [...(found.get(promptId) ?? []), thumbnail]);
  return found;
}
