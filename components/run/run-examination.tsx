"use client";

import Link from "next/link";
import { count, counted } from "@/components/format";
import { metricFace } from "@/components/leaderboard/metrics";
import { CompareRuns, type ComparableRun } from "@/components/run/compare-runs";
import { differencesText } from "@/components/run/examined-faces";
import { ExaminedMetrics } from "@/components/run/examined-metrics";
import { ForensicsPanel } from "@/components/run/forensics-panel";
import { LookedAt } from "@/components/run/looked-at";
import { SampleSizeCurve } from "@/components/run/sample-size-curve";
import { useExamination } from "@/components/run/use-examination";
import type { RunExaminationView } from "@/lib/schemas/examination";

/** What a run's samples look like beside the reference pictures, below its progress. */
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
  const { state, reference, curve, forensics, mismatches, distanceLabel } = examination;
  if (state === "waiting") return null;
  if (state !== "ready") {
    return (
      <p className="page text-muted mt-12 text-sm" role="status">
        {state === "computing"
          ? "A worker is looking at the samples: further metrics, neighbours and files appear here."
          : "The samples could not be examined; the worker's log says why. The scores above stand."}
      </p>
    );
  }
  return (
    <div className="page">
      <ProtocolWarnings mismatches={mismatches} />
      {examination.metrics.length > 0 && (
        <section className="mt-12" aria-labelledby="further">
          <h2 id="further" className="text-2xl">
            Beside {count(reference?.n)} real pictures
          </h2>
          <p className="text-muted mt-2 max-w-3xl text-sm">
            All in the features of Salon&apos;s own small encoder: good for comparing models here, and not to
            be held against FID, KID or any published number.{" "}
            <Link className="link" href="/references">
              References
            </Link>
          </p>
          <ExaminedMetrics examination={examination} />
        </section>
      )}
      {examination.metrics.length === 0 && (
        <p className="text-muted mt-12 text-sm">
          There are no reference pictures under this encoder to compare the samples with.{" "}
          <Link className="link" href="/references">
            References
          </Link>
        </p>
      )}
      {curve && (
        <section className="mt-12" aria-labelledby="size">
          <h2 id="size" className="text-2xl">
            {distanceLabel} and the number of samples
          </h2>
          <SampleSizeCurve curve={curve} label={distanceLabel} />
        </section>
      )}
      {examination.most.length > 0 && (
        <section className="mt-12" aria-labelledby="neighbours">
          <h2 id="neighbours" className="text-2xl">
            Samples and their nearest real pictures
          </h2>
          <p className="text-muted mt-2 max-w-3xl text-sm">
            Below each sample, the three reference pictures nearest to it in the encoder&apos;s features.
          </p>
          <LookedAt
            title="Most realistic"
            meaning="Well inside the neighbourhoods of real pictures (realism above 1)."
            pictures={examination.most}
            scoreLabel="realism"
            copied="same features"
          />
          <LookedAt
            title="Least realistic"
            meaning="Far from every real picture: what to look at first."
            pictures={examination.least}
            scoreLabel="realism"
            copied="same features"
          />
          <LookedAt
            title="Nearest to a real picture"
            meaning="Distance over that of the real picture to its own nearest neighbour. Far below 1, the sample may be a copy."
            pictures={examination.closest}
            scoreLabel="ratio"
            copied="ratio unbounded"
          />
        </section>
      )}
      {forensics && <ForensicsPanel forensics={forensics} />}
      {examination.metrics.length > 0 && others.length > 0 && (
        <CompareRuns runId={runId} others={others} distanceLabel={distanceLabel} />
      )}
    </div>
  );
}

type Mismatches = RunExaminationView["mismatches"];

/** Where this run stands on a board beside models it may not be compared with; one note a cause. */
function ProtocolWarnings({ mismatches }: { mismatches: Mismatches }) {
  const notes = new Map<string, Mismatches>();
  for (const mismatch of mismatches) {
    const { board, others, differing, differences } = mismatch;
    const cause = `${board.slug} ${differing}/${others} ${differencesText(differences)}`;
    notes.set(cause, [...(notes.get(cause) ?? []), mismatch]);
  }
  return [...notes].map(([cause, same]) => {
    const { board, others, differing, differences } = same[0];
    const metrics = same.map(({ metric }) => metricFace(metric).label).join(" and ");
    return (
      <p
        key={cause}
        role="note"
        className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm break-words"
      >
        Other protocols: {metrics} of this run may not be compared with{" "}
        {differing === others
          ? counted(others, "other model", "other models")
          : `${differing} of ${others} other models`}{" "}
        on{" "}
        <Link className="underline underline-offset-2" href={`/leaderboard/${board.slug}`}>
          {board.name}
        </Link>
        {differences.length > 0 && ` (${differencesText(differences)})`}.
      </p>
    );
  });
}
