import type { CardFact } from "@/components/admin/admin-pages";
import { counted } from "@/components/format";
import type { AdminCounts } from "@/lib/schemas/administration";

const plain = (text: string): CardFact => ({ text, needsAttention: false });
const urgent = (text: string): CardFact => ({ text, needsAttention: true });
const ifAny = (n: number, fact: CardFact) => (n > 0 ? [fact] : []);

/** What the index says of each page, by its address. */
export function adminFacts(counts: AdminCounts): Record<string, CardFact[]> {
  const { queue, models, judges, references, promptSets, boards } = counts;
  return {
    "/admin/queue": [
      ...(queue.workers === 0 ? [urgent("No worker is running")] : [plain(counted(queue.workers, "worker"))]),
      ...ifAny(queue.failed, urgent(`${counted(queue.failed, "job")} failed for good`)),
      ...ifAny(queue.retrying, plain(`${counted(queue.retrying, "job")} will be tried again`)),
      plain(`${counted(queue.waiting, "job")} ${queue.waiting === 1 ? "waits" : "wait"}`),
    ],
    "/admin/models": [
      plain(counted(models.all, "model")),
      ...ifAny(models.waiting, urgent(`${counted(models.waiting, "model")} waiting for a review`)),
      ...ifAny(models.hidden, plain(`${models.hidden} hidden`)),
    ],
    "/judges": [
      plain(counted(judges.all, "judge")),
      ...ifAny(judges.paused, urgent(`${counted(judges.paused, "judge")} paused`)),
      ...ifAny(
        judges.waiting,
        urgent(`${counted(judges.waiting, "visitor's judge", "visitors' judges")} not admitted`),
      ),
    ],
    "/references": [
      plain(counted(references.all, "reference set")),
      ...ifAny(references.failed, urgent(`${references.failed} could not be built`)),
    ],
    "/prompts": [plain(counted(promptSets.all, "prompt set"))],
    "/boards": [plain(counted(boards.all, "board"))],
  };
}
