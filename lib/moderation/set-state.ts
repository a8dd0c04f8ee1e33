import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import type { ModerationReason, SampleState } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { judgeAgain } from "@/lib/moderation/judge-again";
import type { StateReason, StateResult, SampleStateName } from "@/lib/schemas/moderation";

type Row = {
  id: string;
  runId: string | null;
  state: SampleState;
  reason: ModerationReason | null;
  decidedAt: Date | null;
};

/**
 * Decide how an image may be shown: in one transaction its state and that of every sample with the same bytes, and the end of the
 * open reports on them. Votes on it, and what is computed of them, stay. `before` of the result given back undoes it.
 * @param ask.reopens the reports that the last decision on it ended are open again
 * @throws SalonError "not_found"
 */
export function setSampleState(
  ask: {
    sampleId: string;
    state: SampleStateName;
    reason?: StateReason | null;
    reopens?: boolean;
    by: Actor;
    now: Date;
  },
  tx?: Tx,
): Promise<StateResult> {
  const { sampleId, by, now } = ask;
  const state = ask.state.toUpperCase() as SampleState;
  const reason = state === "VISIBLE" ? null : (ask.reason ?? null);
  return atomically(tx, async (tx) => {
    const rows = await lockSameBytes(sampleId, tx);
    const own = rows.find(({ id }) => id === sampleId);
    if (own === undefined)
      throw new SalonError("not_found", "There is no such image.", { field: "sampleId" });
    const ids = rows.map(({ id }) => id);
    await tx.sample.updateMany({
      where: { id: { in: ids } },
      data: { state, stateReason: reason, stateAt: now },
    });
    const reports = ask.reopens
      ? await reopen(ids, own.decidedAt, tx)
      : await tx.sampleReport.updateMany({
          where: { sampleId: { in: ids }, state: "OPEN" },
          data: { state: "DECIDED", decidedAt: now },
        });
    if (!isHidden(state))
      await judgeAgain(
        rows.flatMap((row) => (isHidden(row.state) ? (row.runId ?? []) : [])),
        tx,
      );
    await recordChange(tx, {
      by,
      action: "samples.moderate",
      subject: { kind: "sample", id: sampleId, label: sampleId },
      before: { state: own.state, reason: own.reason },
      after: { state, reason, samples: ids.length, [ask.reopens ? "reopened" : "decided"]: reports.count },
    });
    return {
      sampleId,
      state: ask.state,
      before: { state: nameOf(own.state), reason: own.reason },
      images: ids.length,
    };
  });
}

const reopen = (sampleIds: string[], decidedAt: Date | null, tx: Tx) =>
  tx.sampleReport.updateMany({
    where: { sampleId: { in: sampleIds }, state: "DECIDED", decidedAt: decidedAt ?? new Date(0) },
    data: { state: "OPEN", decidedAt: null },
  });

const isHidden = (state: SampleState) => state === "HELD" || state === "REMOVED";

export const nameOf = (state: SampleState) => state.toLowerCase() as SampleStateName;

/** In the order of ids, as whoever else locks samples. */
const lockSameBytes = (sampleId: string, tx: Tx): Promise<Row[]> => tx.$queryRaw`
  select id, run_id as "runId", state, state_reason as reason, state_at as "decidedAt" from samples
  where artifact_hash = (select artifact_hash from samples where id = ${sampleId})
  order by id for no key update`;
