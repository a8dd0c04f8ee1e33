import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { Visitor } from "@/lib/models/visibility";
import { lockOwnRun } from "@/lib/runs/lock-run";
import { restartRun } from "@/lib/runs/resume-run";
import { hasMoneyLeft, requireWatchable } from "@/lib/runs/money/money-left";

/**
 * A run's submitter decides what it may cost, at any time. One that its budget had paused goes on at once where there is room again.
 * @param ask.budgetUsd null: no bound
 * @throws SalonError not_found, forbidden; conflict where no price is known, so that nobody could watch it
 */
export function setBudget(
  ask: { runId: string; budgetUsd: number | null } & Visitor,
  tx?: Tx,
): Promise<void> {
  return atomically(tx, async (tx) => {
    const run = await lockOwnRun(ask.runId, ask, tx);
    requireWatchable(run, ask.budgetUsd);
    const budgetUsd = ask.budgetUsd === null ? null : new Prisma.Decimal(ask.budgetUsd);
    await tx.run.update({ where: { id: run.id }, data: { budgetUsd } });
    await recordChange(tx, {
      by: ask,
      action: "runs.control",
      subject: { kind: "run", id: run.id, label: run.label ?? run.id },
      before: { budgetUsd: run.budgetUsd?.toNumber() ?? null },
      after: { budgetUsd: ask.budgetUsd },
    });
    if (run.state === "PAUSED" && run.pausedFor === "budget" && hasMoneyLeft({ ...run, budgetUsd }))
      await restartRun({ ...run, budgetUsd }, tx);
  });
}
