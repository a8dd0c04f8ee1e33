"use client";

import Link from "next/link";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { SampleImage } from "@/components/sample-image";
import {
  CHECK_REASONS,
  REPORT_REASONS,
  type QueuedSample,
  type ReportReason,
  type SampleStateName,
  type StateResult,
} from "@/lib/schemas/moderation";

const WORDS = { ...REPORT_REASONS, ...CHECK_REASONS };
const STATES: Record<SampleStateName, string> = {
  visible: "Shown",
  held: "Held",
  blurred: "Blurred",
  removed: "Removed",
};
/** Each with its key. */
const DECISIONS: { state: SampleStateName; label: string; key: string }[] = [
  { state: "visible", label: "Keep", key: "k" },
  { state: "blurred", label: "Blur", key: "b" },
  { state: "removed", label: "Remove", key: "r" },
];

/** Images to decide on, each by its buttons or, while it has the focus, by the keys that stand on them. */
export function QueueList({ samples }: { samples: readonly QueuedSample[] }) {
  if (samples.length === 0)
    return <p className="card text-muted mt-8 p-8 text-center">Nothing waits here.</p>;
  return (
    <ol className="mt-8 grid gap-4">
      {samples.map((sample) => (
        <QueuedImage key={sample.sampleId} sample={sample} />
      ))}
    </ol>
  );
}

const isReported = (reason: string | null): reason is ReportReason =>
  reason !== null && reason in REPORT_REASONS;

function QueuedImage({ sample }: { sample: QueuedSample }) {
  const suggested = [sample.reason, sample.newest[0]?.reason ?? null].find(isReported) ?? "other";
  const [reason, setReason] = useState<ReportReason>(suggested);
  const [state, setState] = useState(sample.state);
  const [done, setDone] = useState<StateResult | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  const decide = async (to: SampleStateName, why: ReportReason = reason, reopens?: true) => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const body = { state: to, reason: to === "visible" ? undefined : why, reopens };
      const decided = await callApi<StateResult>(`/api/v1/samples/${sample.sampleId}/state`, { body });
      setState(decided.state);
      setDone(decided);
    } catch (thrown) {
      setProblem(asApiError(thrown).message);
    }
    setBusy(false);
  };
  const undo = async () => {
    if (done === null) return;
    await decide(done.before.state, isReported(done.before.reason) ? done.before.reason : reason, true);
    setDone(null);
  };
  return (
    <li
      tabIndex={0}
      aria-label={sample.prompt}
      className="card focus-visible:outline-accent grid gap-4 p-4 focus-visible:outline-2 sm:grid-cols-[12rem_1fr]"
      onKeyDown={({ key, target, currentTarget, metaKey, ctrlKey, altKey }) => {
        if (target !== currentTarget || metaKey || ctrlKey || altKey) return;
        const decision = DECISIONS.find((each) => each.key === key.toLowerCase());
        if (decision !== undefined) void decide(decision.state);
        if (key.toLowerCase() === "u") void undo();
      }}
    >
      <SampleImage src={sample.image} prompt={sample.prompt} className="bg-sunk rounded-sm" />
      <div className="grid content-start gap-3 text-sm">
        <p className="line-clamp-3">{sample.prompt}</p>
        <p className="text-muted">
          <Link className="link" href={`/models/${sample.model.slug}`}>
            {sample.model.name}
          </Link>
          {" · "}
          {STATES[state]}
          {state !== "visible" && sample.reason !== null && `: ${WORDS[sample.reason]}`}
          {sample.runId === null && " · a visitor’s own prompt"}
        </p>
        <Reports sample={sample} />
        <div className="flex flex-wrap items-center gap-2">
          {DECISIONS.map(({ state: to, label, key }) => (
            <button
              key={to}
              type="button"
              className="button-quiet button-small"
              disabled={busy}
              onClick={() => void decide(to)}
            >
              {label} <kbd className="hidden [@media(hover:hover)]:inline-flex">{key.toUpperCase()}</kbd>
            </button>
          ))}
          <label className="flex items-center gap-2">
            <span className="text-muted">because of</span>
            <select
              className="field"
              value={reason}
              onChange={(event) => setReason(event.target.value as ReportReason)}
            >
              {Object.entries(REPORT_REASONS).map(([value, label]) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        </div>
        <p role="status" className="min-h-5">
          {done !== null && (
            <>
              {STATES[done.state]}
              {done.images > 1 && `, with ${done.images - 1} more of the same bytes`}.{" "}
              <button type="button" className="link" disabled={busy} onClick={() => void undo()}>
                Undo
              </button>
            </>
          )}
        </p>
        {problem !== null && (
          <p role="alert" className="text-alarm">
            {problem}
          </p>
        )}
      </div>
    </li>
  );
}

function Reports({ sample: { reports, newest } }: { sample: QueuedSample }) {
  if (reports === 0) return null;
  return (
    <div>
      <p className="font-medium">
        {reports} {reports === 1 ? "report" : "reports"}
      </p>
      <ul className="text-muted mt-1 grid gap-1">
        {newest.map(({ reason, text, reporter, at }) => (
          <li key={`${at} ${reason} ${text}`}>
            {REPORT_REASONS[reason]}, by {reporter === "account" ? "an account" : "a visitor"},{" "}
            <time dateTime={at}>{at.slice(0, 10)}</time>
            {text !== null && <q className="text-ink ml-1 break-words">{text}</q>}
          </li>
        ))}
      </ul>
    </div>
  );
}
