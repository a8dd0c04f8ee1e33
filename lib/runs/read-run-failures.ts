import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { storedRunFailure, type StoredRunFailure } from "@/lib/schemas/reasons/run-failure";
import type { RunState } from "@/lib/schemas/runs";

export interface RunFailures {
  state: RunState;
  failedFor: StoredRunFailure | null;
  /** Samples that could not be had, by what the endpoint did; the most frequent first. */
  groups: { code: string; message: string; count: number }[];
}

/**
 * Why samples of a run are missing, with the endpoint's words: for its operator.
 * @throws SalonError not_found
 */
export async function readRunFailures(runId: string, tx: Tx = db()): Promise<RunFailures> {
  const run = await tx.run.findUnique({
    where: { id: runId },
    select: { state: true, failureReason: true },
  });
  if (run === null) throw new SalonError("not_found", `There is no run ${runId}.`);
  const groups = await tx.sampleFailure.groupBy({
    by: ["code", "message"],
    where: { runId },
    _count: { _all: true },
    orderBy: [{ _count: { message: "desc" } }, { code: "asc" }, { message: "asc" }],
  });
  return {
    state: run.state,
    failedFor: storedRunFailure.nullable().parse(run.failureReason),
    groups: groups.map(({ code, message, _count }) => ({ code, message, count: _count._all })),
  };
}
