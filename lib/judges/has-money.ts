import type { Judge } from "@/lib/db/generated/client";

/** Whether a judge's budget, if it has one, is not spent yet. */
export function hasMoney({ budgetUsd, spentUsd }: Pick<Judge, "budgetUsd" | "spentUsd">): boolean {
  return budgetUsd === null || spentUsd.lt(budgetUsd);
}
