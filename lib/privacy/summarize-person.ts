import { db, type Tx } from "@/lib/db/client";
import { findPerson } from "@/lib/privacy/find-person";
import type { PrivacySummary } from "@/lib/schemas/accounts/privacy";

/** How much of somebody is here. @param voterId null: nobody known */
export async function summarizePerson(
  { voterId }: { voterId: string | null },
  tx: Tx = db(),
): Promise<PrivacySummary> {
  if (voterId === null) {
    return { votes: 0, ownPrompts: 0, models: 0, boards: 0, promptSets: 0, references: 0, judges: 0 };
  }
  const { voterIds } = await findPerson({ voterId }, tx);
  const owned = { where: { ownerId: { in: voterIds } } };
  const [votes, ownPrompts, models, boards, promptSets, references, judges] = await Promise.all([
    tx.vote.count({ where: { voterId: { in: voterIds } } }),
    tx.battle.count({ where: { voterId: { in: voterIds }, kind: "LIVE" } }),
    tx.model.count({ where: { submitterId: { in: voterIds } } }),
    tx.board.count(owned),
    tx.promptSet.count(owned),
    tx.referenceSet.count(owned),
    tx.judge.count(owned),
  ]);
  return { votes, ownPrompts, models, boards, promptSets, references, judges };
}
