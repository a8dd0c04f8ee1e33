import type { Run } from "@/lib/db/generated/client";
import type { RunMoney } from "@/lib/schemas/costs";
import type { RunView } from "@/lib/schemas/runs";

/** What a run's calls have cost, and how much of that no reply says. */
export function spentOf({
  spentToldUsd,
  spentEstimateUsd,
}: Pick<Run, "spentToldUsd" | "spentEstimateUsd">): Pick<RunView, "costUsd" | "costEstimatedUsd"> {
  const all = spentToldUsd.plus(spentEstimateUsd);
  return { costUsd: all.isZero() ? null : all.toNumber(), costEstimatedUsd: spentEstimateUsd.toNumber() };
}

/** What a run may cost, and was thought to. */
export function moneyOf(
  run: Pick<Run, "budgetUsd" | "unitPriceUsd" | "unitPriceSource">,
  total: number,
): RunMoney {
  return {
    budgetUsd: run.budgetUsd?.toNumber() ?? null,
    pricePerImageUsd: run.unitPriceUsd?.toNumber() ?? null,
    priceSource: run.unitPriceSource,
    expectedUsd: run.unitPriceUsd?.times(total).toNumber() ?? null,
  };
}
