import type { Prisma, Run } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";

/** Whether a run may make one more call: as its worker decides before each (lib/runs/generation/sample-order.ts). */
export function hasMoneyLeft(run: {
  budgetUsd: Prisma.Decimal | null;
  unitPriceUsd: Prisma.Decimal | null;
  spentToldUsd: Prisma.Decimal;
  spentEstimateUsd: Prisma.Decimal;
}): boolean {
  const { budgetUsd } = run;
  if (budgetUsd === null) return true;
  const spent = run.spentToldUsd.plus(run.spentEstimateUsd);
  return spent.lt(budgetUsd) && spent.plus(run.unitPriceUsd ?? 0).lte(budgetUsd);
}

/** @throws SalonError conflict for a bound that could not be watched */
export function requireWatchable(
  run: Pick<Run, "source" | "unitPriceUsd" | "spentToldUsd">,
  budgetUsd: number | null,
): void {
  if (budgetUsd === null) return;
  if (run.source === "UPLOAD")
    throw new SalonError("conflict", "Its samples are uploaded: they cost nothing here.", {
      field: "budgetUsd",
    });
  if (run.unitPriceUsd !== null || run.spentToldUsd.gt(0)) return;
  throw new SalonError(
    "conflict",
    "Nobody knows what an image costs here, so a budget cannot be watched: give the model a price per image, and start another run.",
    { field: "budgetUsd" },
  );
}
