import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { maySee } from "@/lib/models/visibility";
import { mayBeNamed } from "@/lib/prompts/named-samples";
import { mayBeLookedAt } from "@/lib/prompts/shown-states";
import type { ReportRequest } from "@/lib/schemas/moderation";
import { plainText } from "@/lib/schemas/plain-text";

/** Longest text of a report, in UTF-16 units. */
const LONGEST = 500;

/**
 * Report an image that one has seen. Whoever has an open report on it has no second one; after a decision theirs is opened anew.
 * @throws SalonError "not_found" for an image that who reports cannot have seen
 */
export function reportSample(
  ask: { report: ReportRequest; voterId: string; isSignedIn: boolean; by: Actor },
  tx?: Tx,
): Promise<{ reportId: string; isNew: boolean }> {
  const { report, voterId, by } = ask;
  return atomically(tx, async (tx) => {
    const sampleId = await findSeen(report, voterId, tx);
    const written = {
      reason: report.reason,
      text: plainText(report.text ?? "", LONGEST).trim() || null,
      reporter: ask.isSignedIn ? ("ACCOUNT" as const) : ("VISITOR" as const),
    };
    const id = newId("report");
    // A copy that comes at the same time waits here for the first to commit.
    const made = await tx.$executeRaw`
      insert into sample_reports (id, sample_id, voter_id, reporter, reason, text)
      values (${id}, ${sampleId}, ${voterId}, ${written.reporter}::reporter_kind, ${written.reason}::moderation_reason, ${written.text})
      on conflict (sample_id, voter_id) do update set state = 'OPEN', reporter = excluded.reporter, reason = excluded.reason,
        text = excluded.text, created_at = now(), decided_at = null
      where sample_reports.state = 'DECIDED'`;
    const { id: reportId } = await tx.sampleReport.findUniqueOrThrow({
      where: { sampleId_voterId: { sampleId, voterId } },
      select: { id: true },
    });
    if (made === 0) return { reportId, isNew: false };
    await recordChange(tx, {
      by,
      action: "samples.report",
      subject: { kind: "sample", id: sampleId, label: sampleId },
      before: null,
      after: { report: reportId, reason: written.reason },
    });
    return { reportId, isNew: true };
  });
}

async function findSeen(report: ReportRequest, voterId: string, tx: Tx): Promise<string> {
  const { battleId, side, sampleId } = report;
  const found =
    battleId === undefined
      ? await findShown(sampleId ?? "", voterId, tx)
      : await findVoted({ battleId, side: side ?? "left", voterId }, tx);
  if (found === null) throw new SalonError("not_found", "There is no such image.", { field: "sampleId" });
  return found;
}

/** A sample of a gallery (lib/runs/read-sample-image.ts). */
async function findShown(id: string, voterId: string, tx: Tx): Promise<string | null> {
  const sample = await tx.sample.findUnique({
    where: { id },
    select: {
      runId: true,
      state: true,
      prompt: { select: { arena: true } },
      model: { select: { listed: true, submitterId: true } },
    },
  });
  const isShown =
    sample !== null &&
    sample.runId !== null &&
    mayBeLookedAt(sample) &&
    maySee(sample.model, { voterId }) &&
    mayBeNamed(sample);
  return isShown ? id : null;
}

/** A side of a battle that was voted on: before the vote, a report would tell nobody anything but that somebody looked. */
async function findVoted(
  { battleId, side, voterId }: { battleId: string; side: "left" | "right"; voterId: string },
  tx: Tx,
): Promise<string | null> {
  const battle = await tx.battle.findFirst({
    where: { id: battleId, voterId, vote: { isNot: null } },
    select: { leftSampleId: true, rightSampleId: true },
  });
  return (side === "left" ? battle?.leftSampleId : battle?.rightSampleId) ?? null;
}
