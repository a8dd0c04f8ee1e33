import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { hideModel, showModel } from "@/lib/models/hide-model";
import { approveModel, rejectModel } from "@/lib/models/review-model";
import type { Visitor } from "@/lib/models/visibility";
import { withdrawModel } from "@/lib/models/withdraw-model";
import { runAgain } from "@/lib/runs/run-again";
import type { ManagedChange } from "@/lib/schemas/administration/managed-models";

/**
 * What who manages the site does to a model of anybody's.
 * @returns the run that was started, if one was
 * @throws SalonError as the change that is asked for
 */
export function changeManagedModel(
  ask: { slug: string; change: ManagedChange; by: Visitor },
  tx?: Tx,
): Promise<{ runId: string | null }> {
  const { slug, change, by } = ask;
  return atomically(tx, async (tx) => {
    switch (change.action) {
      case "approve":
        await approveModel({ slug, by }, tx);
        break;
      case "reject":
        await rejectModel({ slug, reason: change.reason, by }, tx);
        break;
      case "hide":
        await hideModel({ slug, by }, tx);
        break;
      case "show":
        await showModel({ slug, by }, tx);
        break;
      case "withdraw":
        await withdrawModel({ slug, ...by }, tx);
        break;
      case "run":
        return { runId: (await runAgain({ slug, by }, tx)).runId };
    }
    return { runId: null };
  });
}
