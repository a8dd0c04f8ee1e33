import { recordChange } from "@/lib/audit/record-change";
import type { Tx } from "@/lib/db/client";
import { removedSlug } from "@/lib/models/remove-model";
import { onBehalf, type Erasure, type Outcome } from "@/lib/privacy/erasure";
import type { JudgePause } from "@/lib/schemas/reasons/judge-pause";

/**
 * Remove the person's judges that were not admitted, or all of them. One whose verdicts a stored snapshot was made from stays, without
 * a name if it was to go; an admitted one stays by its name. Neither judges on: address and key were the person's.
 */
export async function giveUpJudges({ person, by, listed }: Erasure, tx: Tx): Promise<Outcome> {
  const judges = await tx.judge.findMany({
    where: { ownerId: { in: person.voterIds } },
    orderBy: { id: "asc" },
  });
  const outcome = { removed: 0, kept: 0 };
  for (const { id, name, ownerId, admittedAt } of judges) {
    const isRemoved = admittedAt === null || listed === "remove";
    if (isRemoved && !(await isInSnapshots(id, tx))) await tx.judge.delete({ where: { id } });
    else await retire(id, isRemoved, tx);
    outcome[isRemoved ? "removed" : "kept"] += 1;
    await recordChange(tx, {
      by: onBehalf(ownerId!, by),
      action: "judges.change",
      subject: { kind: "judge", id, label: isRemoved ? id : name },
      before: { isSitesOwn: false, isRemoved: false },
      after: { isSitesOwn: true, isRemoved },
    });
  }
  return outcome;
}

async function isInSnapshots(id: string, tx: Tx): Promise<boolean> {
  const [{ found }] = await tx.$queryRaw<[{ found: boolean }]>`
    select exists (select from rating_snapshots where details -> 'judge' ->> 'judgeId' = ${id}) as found`;
  return found;
}

async function retire(id: string, isNameless: boolean, tx: Tx): Promise<void> {
  await tx.judge.update({
    where: { id },
    data: {
      ownerId: null,
      addressHash: null,
      baseUrl: "",
      apiKeySealed: null,
      apiKeyLast4: null,
      state: "PAUSED",
      stateReason: { code: "owner_left" } satisfies JudgePause,
      ...(isNameless && { name: "Removed judge", slug: removedSlug(id), creator: "" }),
    },
  });
}
