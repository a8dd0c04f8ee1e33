import { db, type Tx } from "@/lib/db/client";
import type { SampleState } from "@/lib/db/generated/enums";
import { nameOf } from "@/lib/moderation/set-state";
import type { ModerationQueue, QueueName, ReportReason } from "@/lib/schemas/moderation";

const PAGE = 24;
/** Reports of one image that are told in full. */
const TOLD = 10;

/**
 * A page of images for a curator, the newest sample first: those with open reports, or those of a state.
 * @param ask.before a sample's id: only those before it
 */
export async function listQueue(
  ask: { queue: QueueName; before?: string },
  tx: Tx = db(),
): Promise<ModerationQueue> {
  const ids = await findIds(ask, tx);
  const shown = ids.slice(0, PAGE);
  const samples = await tx.sample.findMany({
    where: { id: { in: shown } },
    orderBy: { id: "desc" },
    select: {
      id: true,
      runId: true,
      state: true,
      stateReason: true,
      prompt: { select: { text: true } },
      model: { select: { slug: true, name: true } },
      reports: { where: { state: "OPEN" }, orderBy: { createdAt: "desc" }, take: TOLD },
      _count: { select: { reports: { where: { state: "OPEN" } } } },
    },
  });
  return {
    samples: samples.map(({ id, runId, state, stateReason, prompt, model, reports, _count }) => ({
      sampleId: id,
      image: `/media/moderation/${id}`,
      state: nameOf(state),
      reason: stateReason,
      prompt: prompt.text,
      model,
      runId,
      reports: _count.reports,
      newest: reports.map(({ reason, text, reporter, createdAt }) => ({
        reason: reason as ReportReason,
        text,
        reporter: reporter.toLowerCase() as Lowercase<typeof reporter>,
        at: createdAt.toISOString(),
      })),
    })),
    next: ids.length > PAGE ? shown[shown.length - 1] : null,
  };
}

async function findIds({ queue, before }: { queue: QueueName; before?: string }, tx: Tx): Promise<string[]> {
  const last = before ?? null;
  if (queue === "reported") {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      select distinct sample_id as id from sample_reports
      where state = 'OPEN' and (${last}::text is null or sample_id < ${last})
      order by 1 desc limit ${PAGE + 1}`;
    return rows.map(({ id }) => id);
  }
  const rows = await tx.sample.findMany({
    where: { state: queue.toUpperCase() as SampleState, ...(before !== undefined && { id: { lt: before } }) },
    orderBy: { id: "desc" },
    take: PAGE + 1,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}
