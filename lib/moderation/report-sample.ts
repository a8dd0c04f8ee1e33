import type { Actor } from "@/lib/audit/actor";
import { recordChange } from "@/lib/audit/record-change";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { maySee } from "@/lib/models/visibility";
import { mayBeNamed } from "@/lib/prompts/named-samples";
import { mayBeLookedAt } from "@/lib/prompts/shown-states";
import type { ReportRequest, ReportResult } from "@/lib/schemas/moderation";
import { plainText } from "@/lib/schemas/plain-text";

/** Longest text of a report, in UTF-16 units. */
const LONGEST = 500;

/**
 * Report an image that one has seen. Whoever has an open report on it has no second one; after a decision theirs is opened anew.
 * Before the vote on a battle the answer is always the same: one that knew the image again could tell whose it is.
 * @throws SalonError "not_found" for an image that who reports cannot have seen
 */
export function reportSample(
  ask: { report: ReportRequest; voterId: string; isSignedIn: boolean; by: Actor },
  tx?: Tx,
): Promise<ReportResult> {
  const { report, voterId, by } = ask;
  return atomically(tx, async (tx) => {
    const { sampleId, isBlind } = await findSeen(report, voterId, tx);
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
    if (made === 0) return isBlind ? BLIND : { reportId, isNew: false };
    await recordChange(tx, {
      by,
      action: "samples.report",
      // Not the image, whose id would tell its reporter whose it is (lib/privacy/report-record.ts).
      subject: { kind: "report", id: reportId, label: reportId },
      before: null,
      after: { reason: written.reason },
    });
    return isBlind ? BLIND : { reportId, isNew: true };
  });
}

const BLIND: ReportResult = { reportId: null, isNew: true };

/** An image, and whether its reporter does not know yet whose it is. */
type Seen = { sampleId: string; isBlind: boolean };

async function findSeen(report: ReportRequest, voterId: string, tx: Tx): Promise<Seen> {
  const { battleId, side, sampleId } = report;
  const found =
    battleId === undefined
      ? await findShown(sampleId ?? "", voterId, tx)
      : await findHanded({ battleId, side: side ?? "left", voterId }, tx);
  if (found === null) throw new SalonError("not_found", "There is no such image.", { field: "sampleId" });
  return found;
}

/** A sample of a gallery (lib/runs/read-sample-image.ts). */
async function findShown(id: string, voterId: string, tx: Tx): Promise<Seen | null> {
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
  return isShown ? { sampleId: id, isBlind: false } : null;
}

/** A side of a battle that was handed to the voter. */
async function findHanded(
  { battleId, side, voterId }: { battleId: string; side: "left" | "right"; voterId: string },
  tx: Tx,
): Promise<Seen | null> {
  const battle = await tx.battle.findFirst({
    where: { id: battleId, voterId, state: "READY" },
    select: { leftSampleId: true, rightSampleId: true, vote: { select: { id: true } } },
  });
  const sampleId = side === "left" ? battle?.leftSampleId : battle?.rightSampleId;
  return battle && sampleId ? { sampleId, isBlind: battle.vote === null } : null;
}
