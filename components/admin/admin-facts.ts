import type { CardFact } from "@/components/admin/admin-pages";
import { bytesText, counted } from "@/components/format";
import type { AdminCounts } from "@/lib/schemas/administration/administration";

const plain = (text: string): CardFact => ({ text, needsAttention: false });
const urgent = (text: string): CardFact => ({ text, needsAttention: true });
const ifNone = (n: number, fact: CardFact) => (n === 0 ? [fact] : []);
const ifAny = (n: number, fact: CardFact) => (n > 0 ? [fact] : []);

/** What the index says of each page, by its address. */
export function adminFacts(counts: AdminCounts): Record<string, CardFact[]> {
  const { queue, models, judges, references, promptSets, boards, storage, votes, reports, users } = counts;
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
    "/votes": [
      ...ifAny(votes.held, urgent(`${counted(votes.held, "vote")} held back by rules`)),
      ...ifNone(votes.held, plain("No vote is held back")),
    ],
    "/reports": [
      ...ifAny(reports.open, urgent(`${counted(reports.open, "open report")}`)),
      ...ifAny(reports.held, urgent(`${counted(reports.held, "image")} held by a check`)),
      ...ifNone(reports.open + reports.held, plain("Nothing is reported")),
    ],
    "/admin/storage": [
      ...(storage.isLow ? [urgent("The disk is nearly full")] : []),
      plain(storage.bytes === null ? "Not measured yet" : `${bytesText(storage.bytes)} used`),
    ],
    "/users": [
      plain(counted(users.all, "account")),
      ...ifAny(users.disabled, plain(`${users.disabled} disabled`)),
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
