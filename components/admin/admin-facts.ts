import type { useTranslations } from "next-intl";
import type { AdminPage } from "@/components/admin/admin-pages";
import type { Format } from "@/components/format";
import type { AdminCounts } from "@/lib/schemas/administration/administration";

/** What stands on a page's card: a sentence, and whether somebody should look at it. */
export interface CardFact {
  text: string;
  needsAttention: boolean;
}

const plain = (text: string): CardFact => ({ text, needsAttention: false });
const urgent = (text: string): CardFact => ({ text, needsAttention: true });
const ifNone = (n: number, fact: CardFact) => (n === 0 ? [fact] : []);
const ifAny = (n: number, fact: CardFact) => (n > 0 ? [fact] : []);

/** What the index says of each page, by its address. */
export function adminFacts(
  t: ReturnType<typeof useTranslations<"admin">>,
  { bytesText }: Format,
  counts: AdminCounts,
): Partial<Record<AdminPage["href"], CardFact[]>> {
  const { queue, models, judges, references, promptSets, boards, storage, votes, reports, users } = counts;
  return {
    "/admin/queue": [
      queue.workers === 0 ? urgent(t("facts.noWorker")) : plain(t("facts.workers", { n: queue.workers })),
      ...ifAny(queue.failed, urgent(t("facts.jobsFailed", { n: queue.failed }))),
      ...ifAny(queue.retrying, plain(t("facts.jobsRetrying", { n: queue.retrying }))),
      plain(t("facts.jobsWaiting", { n: queue.waiting })),
    ],
    "/admin/models": [
      plain(t("facts.models", { n: models.all })),
      ...ifAny(models.waiting, urgent(t("facts.modelsWaiting", { n: models.waiting }))),
      ...ifAny(models.hidden, plain(t("facts.modelsHidden", { n: models.hidden }))),
    ],
    "/votes": [
      ...ifAny(votes.held, urgent(t("facts.votesHeld", { n: votes.held }))),
      ...ifNone(votes.held, plain(t("facts.noVoteHeld"))),
    ],
    "/reports": [
      ...ifAny(reports.open, urgent(t("facts.openReports", { n: reports.open }))),
      ...ifAny(reports.held, urgent(t("facts.imagesHeld", { n: reports.held }))),
      ...ifNone(reports.open + reports.held, plain(t("facts.nothingReported"))),
    ],
    "/admin/storage": [
      ...(storage.isLow ? [urgent(t("facts.diskLow"))] : []),
      plain(
        storage.bytes === null
          ? t("facts.notMeasured")
          : t("facts.used", { bytes: bytesText(storage.bytes) }),
      ),
    ],
    "/users": [
      plain(t("facts.accounts", { n: users.all })),
      ...ifAny(users.disabled, plain(t("facts.accountsDisabled", { n: users.disabled }))),
    ],
    "/judges": [
      plain(t("facts.judges", { n: judges.all })),
      ...ifAny(judges.paused, urgent(t("facts.judgesPaused", { n: judges.paused }))),
      ...ifAny(judges.waiting, urgent(t("facts.judgesWaiting", { n: judges.waiting }))),
    ],
    "/references": [
      plain(t("facts.references", { n: references.all })),
      ...ifAny(references.failed, urgent(t("facts.referencesFailed", { n: references.failed }))),
    ],
    "/prompts": [plain(t("facts.promptSets", { n: promptSets.all }))],
    "/boards": [plain(t("facts.boards", { n: boards.all }))],
  };
}
