"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { SampleImage } from "@/components/sample-image";
import {
  REPORT_REASONS,
  type QueuedSample,
  type ReportReason,
  type SampleStateName,
  type StateResult,
} from "@/lib/schemas/moderation";

const REASONS = Object.keys(REPORT_REASONS) as ReportReason[];
/** Each with its key. */
const DECISIONS: { state: "visible" | "blurred" | "removed"; key: string }[] = [
  { state: "visible", key: "k" },
  { state: "blurred", key: "b" },
  { state: "removed", key: "r" },
];

/** Images to decide on, each by its buttons or, while it has the focus, by the keys that stand on them. */
export function QueueList({ samples }: { samples: readonly QueuedSample[] }) {
  const t = useTranslations("moderation");
  if (samples.length === 0) return <p className="card text-muted mt-8 p-8 text-center">{t("nothing")}</p>;
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
  const t = useTranslations("moderation");
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
        <p className="line-clamp-3" translate="no">
          {sample.prompt}
        </p>
        <Standing sample={sample} state={state} />
        <Reports sample={sample} />
        <div className="flex flex-wrap items-center gap-2">
          {DECISIONS.map(({ state: to, key }) => (
            <button
              key={to}
              type="button"
              className="button-quiet button-small"
              disabled={busy}
              onClick={() => void decide(to)}
            >
              {t("decide", { state: to })}{" "}
              <kbd className="hidden [@media(hover:hover)]:inline-flex">{key.toUpperCase()}</kbd>
            </button>
          ))}
          <label className="flex items-center gap-2">
            <span className="text-muted">{t("becauseOf")}</span>
            <select
              className="field"
              value={reason}
              onChange={(event) => setReason(event.target.value as ReportReason)}
            >
              {REASONS.map((value) => (
                <option key={value} value={value}>
                  {t("reason", { reason: value })}
                </option>
              ))}
            </select>
          </label>
        </div>
        <p role="status" className="min-h-5">
          {done !== null && (
            <>
              {t("decided", { state: done.state, more: done.images - 1 })}{" "}
              <button type="button" className="link" disabled={busy} onClick={() => void undo()}>
                {t("undo")}
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

/** Whose it is, and what was decided on it, and why. */
function Standing({ sample, state }: { sample: QueuedSample; state: SampleStateName }) {
  const t = useTranslations("moderation");
  return (
    <p className="text-muted">
      <Link className="link" translate="no" href={`/models/${sample.model.slug}`}>
        {sample.model.name}
      </Link>
      {" · "}
      {state !== "visible" && sample.reason !== null
        ? t("because", { state: t("state", { state }), reason: t("reason", { reason: sample.reason }) })
        : t("state", { state })}
      {sample.runId === null && <> · {t("ownPrompt")}</>}
    </p>
  );
}

function Reports({ sample: { reports, newest } }: { sample: QueuedSample }) {
  const t = useTranslations("moderation");
  if (reports === 0) return null;
  return (
    <div>
      <p className="font-medium">{t("reports", { n: reports })}</p>
      <ul className="text-muted mt-1 grid gap-1">
        {newest.map(({ reason, text, reporter, at }) => (
          <li key={`${at} ${reason} ${text}`}>
            {t.rich("reported", {
              reason: t("reason", { reason }),
              reporter,
              day: at.slice(0, 10),
              time: (chunks) => <time dateTime={at}>{chunks}</time>,
            })}
            {text !== null && (
              <q className="text-ink ml-1 break-words" translate="no">
                {text}
              </q>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
