import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { TestCall } from "@/lib/schemas/endpoints/capabilities";

type Charged = Pick<TestCall, "outcome" | "costUsd">;

/** What calls have cost in US dollars: as replies said, and by a price where none did and the call was probably charged. */
export function spendingOf(calls: readonly Charged[], priceUsd: number): { told: number; estimate: number } {
  const told = calls.reduce((sum, { costUsd }) => sum + (costUsd ?? 0), 0);
  const untold = calls.filter(
    ({ costUsd, outcome }) => costUsd === null && (outcome === "ok" || outcome === "timeout"),
  );
  return { told, estimate: untold.length * priceUsd };
}

/**
 * Count what calls of a model's endpoint outside of any run have cost; of an endpoint without a key what replies say alone, since
 * nobody is charged for the rest.
 */
export async function noteSpending(endpointId: string, calls: readonly Charged[], tx: Tx): Promise<void> {
  const { apiKeySealed, model } = await tx.endpoint.findUniqueOrThrow({
    where: { id: endpointId },
    select: { apiKeySealed: true, model: { select: { pricePerImageUsd: true } } },
  });
  const price = apiKeySealed === null ? 0 : (model.pricePerImageUsd?.toNumber() ?? 0);
  const { told, estimate } = spendingOf(calls, price);
  await tx.endpoint.update({
    where: { id: endpointId },
    data: {
      spentToldUsd: { increment: new Prisma.Decimal(told) },
      spentEstimateUsd: { increment: new Prisma.Decimal(estimate) },
    },
  });
}
