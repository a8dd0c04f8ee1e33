import type { Tx } from "@/lib/db/client";
import type { Model } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";

/** Write down what an image of a model costs from now on, for its price's history. */
export async function notePrice(
  { id: modelId, pricePerImageUsd }: Pick<Model, "id" | "pricePerImageUsd">,
  said: { byOperator: boolean; source?: string | null },
  tx: Tx,
): Promise<void> {
  await tx.modelPrice.create({ data: { id: newId("modelPrice"), modelId, pricePerImageUsd, ...said } });
}
