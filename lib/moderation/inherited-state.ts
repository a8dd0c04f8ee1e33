import type { Tx } from "@/lib/db/client";
import type { ModerationReason, SampleState } from "@/lib/db/generated/enums";
import { REPORT_REASONS } from "@/lib/schemas/moderation";

/** A sample's state when it is new. */
export interface NewState {
  state: SampleState;
  stateReason: ModerationReason | null;
}

/**
 * What people have decided on images of these bytes: what was removed does not come back under another name. What a check said is not
 * among it, since that is of a prompt too.
 * @returns by hash; hashes without a decision are absent
 */
export async function inheritedStates(hashes: readonly string[], tx: Tx): Promise<Map<string, NewState>> {
  const rows = await tx.sample.findMany({
    where: {
      artifactHash: { in: [...hashes] },
      state: { not: "VISIBLE" },
      stateReason: { in: Object.keys(REPORT_REASONS) as ModerationReason[] },
    },
    distinct: ["artifactHash"],
    orderBy: [{ artifactHash: "asc" }, { stateAt: "desc" }],
    select: { artifactHash: true, state: true, stateReason: true },
  });
  return new Map(rows.map(({ artifactHash, ...state }) => [artifactHash, state]));
}
