import type { SampleReport } from "@/lib/db/generated/client";

/** What a report's record needs to know of its image. */
export const OF_SAMPLE = { sample: { select: { prompt: { select: { arena: true } } } } } as const;

/**
 * A report as its writer's export has it. An image of the arena is not named: ids sort by time, and those of one run lie together, so
 * that a name would tell whose image it is before the vote.
 */
export function reportRecord({
  sample,
  sampleId,
  ...report
}: Pick<SampleReport, "sampleId"> & { sample: { prompt: { arena: boolean } } }) {
  return { kind: "report" as const, ...report, sampleId: sample.prompt.arena ? null : sampleId };
}
