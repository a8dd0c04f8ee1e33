import { db, type Tx } from "@/lib/db/client";
import type { StackFacts } from "@/lib/schemas/stack/stack-facts";

/** What each listed model says it is made of. */
export function listStackFacts(tx: Tx = db()): Promise<StackFacts[]> {
  return tx.model.findMany({
    where: { listed: true },
    select: { paradigm: true, architecture: true, representation: true, textConditioning: true },
    orderBy: { name: "asc" },
  });
}
