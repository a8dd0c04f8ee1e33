"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CompareRuns, type ComparableRun } from "@/components/runs/compare-runs";
import { differencesText } from "@/components/runs/protocol-differences";
import { EncoderFindings } from "@/components/runs/encoder-findings";
import { ForensicsPanel } from "@/components/runs/forensics-panel";
import { joined } from "@/components/runs/page-text";
import { useExamination } from "@/components/runs/use-examination";
import { Segmented } from "@/components/segmented";
import type { RunExaminationView } from "@/lib/schemas/examination";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";

/** What a run's samples look like beside the reference images, below its progress. */
export function RunExamination({
  runId,
  initial,
  others,
}: {
  runId: string;
  initial: RunExaminationView;
  others: ComparableRun[];
}) {
  const examination = useExamination(runId, initial);
  const { state, encoders, pending, forensics, mismatches } = examination;
  const t = useTranslations("runs");
  const [chosen, setChosen] = useState<string | null>(null);
  if (state === "waiting") return null;
  if (state !== "ready") {
    return (
      <p className="page text-muted mt-12 text-sm" role="status">
        {state === "computing" ? t("examination.computing") : t("examination.failed")}
      </p>
    );
  }
  const shown = encoders.find(({ id }) => id === chosen) ?? encoders.at(0);
  return (
    <div className="page">
      <ProtocolWarnings mismatches={mismatches} />
      {encoders.length > 1 && shown && (
        <div className="mt-12 flex flex-wrap items-center gap-3 text-sm">
          <span className="text-muted">{t("examination.features")}</span>
          <Segmented
            label={t("examination.encoder")}
            value={shown.id}
            onChange={setChosen}
            options={Object.fromEntries(encoders.map(({ id, distanceLabel }) => [id, distanceLabel]))}
          />
        </div>
      )}
      {pending.length > 0 && (
        <p className="text-muted mt-4 text-sm" role="status">
          {t("examination.pending", { encoders: joined(t, pending) })}
        </p>
      )}
      {shown ? (
        <EncoderFindings examination={shown} />
      ) : (
        pending.length === 0 && (
          <p className="text-muted mt-12 text-sm">
            {t.rich("examination.noReference", {
              link: (chunks) => (
                <Link className="link" href="/references">
                  {chunks}
                </Link>
              ),
            })}
          </p>
        )
      )}
      {forensics && <ForensicsPanel forensics={forensics} />}
      {others.length > 0 && <CompareRuns runId={runId} others={others} />}
    </div>
  );
}

type Mismatches = RunExaminationView["mismatches"];

/** Where this run stands on a board beside models it may not be compared with; one note a cause. */
function ProtocolWarnings({ mismatches }: { mismatches: Mismatches }) {
  const t = useTranslations("runs");
  const tDifferences = useTranslations("site.differences");
  const notes = new Map<string, Mismatches>();
  for (const mismatch of mismatches) {
    const { board, others, differing, differences } = mismatch;
    const cause = `${board.slug} ${differing}/${others} ${differencesText(tDifferences, differences)}`;
    notes.set(cause, [...(notes.get(cause) ?? []), mismatch]);
  }
  return [...notes].map(([cause, same]) => {
    const { board, others, differing, differences } = same[0];
    return (
      <p
        key={cause}
        role="note"
        className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm break-words"
      >
        {t.rich("examination.mismatch", {
          metrics: joined(
            t,
            same.map(({ metric }) => describeMetric(metric).label),
          ),
          which: differing === others ? "all" : "some",
          differing,
          others,
          board: board.name,
          because: differences.length > 0 ? ` (${differencesText(tDifferences, differences)})` : "",
          link: (chunks) => (
            <Link className="underline underline-offset-2" href={`/leaderboard/${board.slug}`}>
              {chunks}
            </Link>
          ),
        })}
      </p>
    );
  });
}
