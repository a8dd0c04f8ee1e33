import { recordChange } from "@/lib/audit/record-change";
import { claimEdit } from "@/lib/edits/claim-edit";
import type { Tx } from "@/lib/db/client";
import { removedSlug } from "@/lib/models/remove-model";
import { onBehalf, type Erasure, type Outcome } from "@/lib/privacy/erasure";

/**
 * Remove the person's boards that not everybody sees, or all of them. Votes and snapshots name a board: what stays of one is a row
 * without words, in no list and seen by nobody. A board that everybody sees is the site's from then on.
 * @returns `ids`: of the removed ones
 */
export async function giveUpBoards(
  { person, by, listed }: Erasure,
  tx: Tx,
): Promise<Outcome & { ids: string[] }> {
  const boards = await tx.board.findMany({
    where: { ownerId: { in: person.voterIds } },
    orderBy: { id: "asc" },
  });
  const ids: string[] = [];
  for (const { id, ownerId, seenBy } of boards) {
    const asker = onBehalf(ownerId!, by);
    await claimEdit({ thing: { kind: "board", id }, by: asker }, tx);
    const isRemoved = seenBy !== "EVERYONE" || listed === "remove";
    // Their labels say for whom each was.
    await tx.boardInvite.deleteMany({ where: { boardId: id } });
    if (isRemoved) {
      ids.push(id);
      await tx.boardGuest.deleteMany({ where: { boardId: id } });
      await tx.webhook.deleteMany({ where: { boardId: id } });
    }
    const ofNobody = { ownerId: null, addressHash: null };
    await tx.board.update({ where: { id }, data: isRemoved ? { ...ofNobody, ...wordless(id) } : ofNobody });
    await recordChange(tx, {
      by: asker,
      action: "boards.edit",
      subject: { kind: "board", id, label: id },
      before: { isSitesOwn: false, isRemoved: false },
      after: { isSitesOwn: true, isRemoved },
    });
  }
  return { removed: ids.length, kept: boards.length - ids.length, ids };
}

const wordless = (id: string) => ({
  name: "Removed board",
  slug: removedSlug(id),
  description: "",
  question: null,
  seenBy: "INVITED" as const,
  votedBy: "INVITED" as const,
  submittedBy: "INVITED" as const,
  archivedAt: new Date(),
});
