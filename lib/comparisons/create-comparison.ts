import type { Via } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { inviteView, makeInvite } from "@/lib/comparisons/invites";
import { shownPairs } from "@/lib/comparisons/shown-samples";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { maySee } from "@/lib/models/visibility";
import { visitorHolder } from "@/lib/queue/holder";
import { requireRoom } from "@/lib/runs/require-room";
import type { ComparisonCreation, CreatedComparison } from "@/lib/schemas/comparisons";

/**
 * Make a private vote between runs, with a first link to it.
 * @param ask.address the visitor's network address; only its keyed hash is kept
 * @param ask.now milliseconds since 1970
 * @throws SalonError not_found for a run that the visitor may not see; invalid_request for runs over different prompt sets or without a pair
 *   of samples to show; conflict when the visitor has enough comparisons
 */
export async function createComparison(
  ask: { comparison: ComparisonCreation; voterId: string; via?: Via; address?: string | null; now: number },
  tx?: Tx,
): Promise<CreatedComparison> {
  const { voterId: ownerId, now } = ask;
  const { runs, days, ...settings } = ask.comparison;
  const holder = await visitorHolder(ask);
  return atomically(tx, async (tx) => {
    await requireRoom("comparisons", holder, tx);
    await requireRuns(runs, ownerId, tx);
    const id = newId("comparison");
    await tx.comparison.create({
      data: {
        ...settings,
        id,
        ownerId,
        addressHash: holder.addressHash,
        runs: { create: runs.map((runId, position) => ({ runId, position })) },
      },
    });
    await requirePairs({ id, ownerId, runs: runs.length }, tx);
    await recordChange(tx, {
      by: { voterId: ownerId, via: ask.via },
      action: "comparisons.create",
      subject: { kind: "comparison", id, label: settings.name },
      before: null,
      after: { ...settings, runs, days },
    });
    const { token, invite } = await makeInvite({ comparisonId: id, invite: { label: "", days }, now }, tx);
    return { comparisonId: id, invite: { ...inviteView(invite, 0), path: `/comparisons/join/${token}` } };
  });
}

async function requireRuns(ids: readonly string[], voterId: string, tx: Tx): Promise<void> {
  const runs = await tx.run.findMany({
    where: { id: { in: [...ids] } },
    select: { promptSetId: true, model: { select: { listed: true, submitterId: true } } },
  });
  if (runs.length < ids.length || !runs.every(({ model }) => maySee(model, { voterId }))) {
    throw new SalonError("not_found", "There is no such run.", { field: "runs" });
  }
  if (runs.some(({ promptSetId }) => promptSetId !== runs[0].promptSetId)) {
    throw new SalonError(
      "invalid_request",
      "These runs are over different prompt sets, or versions of one. People can compare runs over the same one.",
      { field: "runs" },
    );
  }
}

/** Every run has to meet another. */
async function requirePairs(ask: { id: string; ownerId: string; runs: number }, tx: Tx): Promise<void> {
  const [{ met }] = await tx.$queryRaw<{ met: number }[]>`
    with ${shownPairs(ask)} select count(distinct run)::int as met
    from (select distinct first, second from cells) pairs, lateral (values (first), (second)) as side (run)`;
  if (met < ask.runs) {
    throw new SalonError(
      "invalid_request",
      "A run shares no prompt with the others whose samples may be shown here. Samples of listed models on prompts in the arena are shown in battles alone.",
      { field: "runs" },
    );
  }
}
