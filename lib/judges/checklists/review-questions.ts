import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { enqueue } from "@/lib/queue/enqueue";

/**
 * Say that a version of a prompt set's checklists has been read and is right: from then on it never changes, and judges use it.
 * @throws SalonError not_found; conflict while it is incomplete
 */
export function reviewQuestions(ask: { questionSetId: string; reviewer: string }, tx?: Tx): Promise<void> {
  return atomically(tx, async (tx) => {
    const set = await tx.questionSet.findUnique({ where: { id: ask.questionSetId } });
    if (set === null) throw new SalonError("not_found", "There is no such version.");
    if (set.reviewedAt !== null) return;
    const prompts = await tx.prompt.count({ where: { promptSetId: set.promptSetId } });
    const made = await tx.checklist.count({ where: { questionSetId: set.id } });
    if (made < prompts) {
      throw new SalonError(
        "conflict",
        `Questions have been proposed for ${made} of ${prompts} prompts: wait for the rest.`,
      );
    }
    await tx.questionSet.update({
      where: { id: set.id },
      data: { reviewedAt: new Date(), reviewedBy: ask.reviewer },
    });
    await enqueue("start-judging", {}, { key: "start-judging" }, tx);
  });
}
