"use client";

import { Pause, Play, Trash2 } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Explain } from "@/components/explain";
import { Confirm } from "@/components/confirm";
import { count, dollars, duration, moment, percent } from "@/components/format";
import { VisitorMark } from "@/components/visitor-mark";
import { demotionText } from "@/components/judges/standing-text";
import { JudgeBudget } from "@/components/judges/judge-budget";
import { ProgressLine } from "@/components/judges/progress-line";
import { pauseText } from "@/components/judges/pause-text";
import type { JudgeChange, JudgeList, JudgeView } from "@/lib/schemas/judges/judging";

interface Props {
  judge: JudgeView;
  rubrics: JudgeList["rubrics"];
  onChange: (change: JudgeChange) => Promise<void>;
  /** Admits it to the public boards, or takes that back; undefined where that is not for who looks to decide. */
  onAdmit?: (admitted: boolean) => Promise<void>;
  /** Its budget was set. */
  onSaved: () => Promise<void>;
  onRemove: () => Promise<void>;
}

/** One judge: what it is asked, what it said, what that cost, and how far it is. */
export function JudgeCard({ judge, rubrics, onChange, onAdmit, onSaved, onRemove }: Props) {
  const { name, creator, providerModel, bundled, own, state, pausedFor } = judge;
  const demotion = demotionText(judge.demotedFor);
  return (
    <article className="card p-5" aria-labelledby={judge.judgeId} id={judge.slug}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 id={judge.judgeId} className="text-xl break-words">
            <Link href={`/judges/${judge.slug}`} className="link">
              {name}
            </Link>
          </h2>
          <p className="text-muted text-sm break-words">
            by {creator}
            {providerModel && ` · ${providerModel}`} <VisitorMark submittedBy={judge.submittedBy} />
          </p>
        </div>
        <p className="flex flex-wrap gap-2 text-xs">
          {demotion && (
            <Explain
              about="why"
              mark={<span className="bg-alarm-soft text-alarm rounded-full px-2.5 py-1">demoted</span>}
            >
              {demotion}
            </Explain>
          )}
          {state === "PAUSED" && <span className="bg-sunk rounded-full px-2.5 py-1">paused</span>}
          {bundled && <span className="bg-accent-soft text-accent rounded-full px-2.5 py-1">bundled</span>}
          {own && <span className="bg-sunk rounded-full px-2.5 py-1">yours</span>}
          {!judge.admitted && onAdmit && (
            <span className="bg-sunk rounded-full px-2.5 py-1">not admitted</span>
          )}
        </p>
      </div>
      {demotion && <p className="text-alarm mt-2 text-sm break-words">{demotion}</p>}
      {own && !judge.admitted && (
        <p role="note" className="text-muted mt-3 text-sm">
          It judges its owner&apos;s runs, for its owner alone. Pairs, and everybody else&apos;s runs, follow
          when who runs this site admits it.
        </p>
      )}
      {pausedFor && (
        <p className="bg-alarm-soft text-alarm mt-3 rounded-md px-4 py-3 text-sm break-words">
          {pauseText(pausedFor)}
        </p>
      )}
      {judge.tasks > 0 ? (
        <ProgressLine
          label={`${count(judge.done)} of ${count(judge.total)} judged`}
          note={paceOf(judge)}
          share={judge.total === 0 ? 0 : judge.done / judge.total}
        />
      ) : (
        <p className="text-muted mt-3 text-sm">Nothing to judge yet: it judges runs as they are published.</p>
      )}
      <Facts judge={judge} />
      <ul className="mt-4 flex flex-wrap gap-2 text-sm" aria-label="Rubrics">
        {judge.rubrics.map((id) => (
          <li key={id} className="bg-sunk rounded-md px-2.5 py-1">
            {rubrics.find((rubric) => rubric.id === id)?.title ?? id}{" "}
            <span className="text-muted font-mono text-xs">{id}</span>
            <RubricMeaning rubric={rubrics.find((rubric) => rubric.id === id)} />
          </li>
        ))}
      </ul>
      <Failures judge={judge} />
      {onAdmit && <Admission judge={judge} onAdmit={onAdmit} />}
      {own && <Controls judge={judge} onChange={onChange} onSaved={onSaved} onRemove={onRemove} />}
    </article>
  );
}

function RubricMeaning({ rubric }: { rubric: { title: string; description: string } | undefined }) {
  if (rubric === undefined) return null;
  return <Explain about={rubric.title}>{rubric.description}</Explain>;
}

function paceOf(judge: JudgeView): string {
  if (judge.state === "PAUSED") return "paused";
  if (judge.waitingUntil) return `asked to wait until ${moment(judge.waitingUntil)}`;
  if (judge.done >= judge.total) return "all done";
  if (judge.perMinute === null || judge.etaSeconds === null) return "waiting for a worker";
  return `${count(judge.perMinute)} a minute, about ${duration(judge.etaSeconds * 1000)} left`;
}

function Facts({ judge }: { judge: JudgeView }) {
  const failed = judge.withoutVerdict.reduce((sum, { count }) => sum + count, 0);
  const asked = judge.verdicts + failed;
  const facts: [string, string, string?][] = [
    ["Verdicts", count(judge.verdicts)],
    ["Failed calls", asked === 0 ? "–" : `${count(failed)} (${percent(failed / asked, 1)})`],
    ["Time, median", duration(judge.medianLatencyMs)],
    ...(judge.spentUsd === null ? [] : moneyOf(judge, judge.spentUsd)),
    [
      "Supports",
      [judge.jsonSchema && "JSON schema", judge.logprobs && "probabilities"].filter(Boolean).join(", ") ||
        "words only",
      "What the probe found: answers in the form of a schema; probabilities of its words.",
    ],
    ["A run's prompts", judge.promptsPerRun === null ? "all" : `first ${count(judge.promptsPerRun)}`],
    ["At once", count(judge.concurrency)],
    ...(judge.apiKeyLast4 ? ([["Key", `…${judge.apiKeyLast4}`]] as [string, string][]) : []),
  ];
  return (
    <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-5">
      {facts.map(([label, value, title]) => (
        <div key={label} className="min-w-0">
          <dt className="text-muted text-xs">
            {label}
            {title && <Explain about={label}>{title}</Explain>}
          </dt>
          <dd className="mt-0.5 text-sm break-words tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const moneyOf = (judge: JudgeView, spent: number): [string, string][] => [
  ["A verdict costs", judge.usdPerVerdict === null ? "not known" : dollars(judge.usdPerVerdict)],
  [
    "Spent",
    `${spent === 0 ? "nothing" : dollars(spent)}${judge.budgetUsd === null ? "" : ` of ${dollars(judge.budgetUsd)}`}`,
  ],
];

const REASONS: Record<string, string> = {
  refused: "refused",
  cannot_tell: "could not tell",
  invalid: "answered something else",
  unreadable: "image could not be read",
  rate_limited: "rate limited",
  timeout: "too slow",
  transient: "broke down",
};

function Failures({ judge: { withoutVerdict } }: { judge: JudgeView }) {
  if (withoutVerdict.length === 0) return null;
  return (
    <details className="mt-4 text-sm">
      <summary className="text-muted cursor-pointer">Why there is no verdict</summary>
      <ul className="mt-2 grid gap-1.5">
        {withoutVerdict.map(({ reason, count: n, example }) => (
          <li key={reason} className="break-words">
            <span className="tabular-nums">{count(n)}</span> {REASONS[reason] ?? reason}
            {example && <span className="text-muted">: {example}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Whether a visitor's judge speaks to everybody, for who runs the site to decide. */
function Admission({ judge, onAdmit }: { judge: JudgeView; onAdmit: (admitted: boolean) => Promise<void> }) {
  return (
    <div className="mt-5 text-sm">
      {judge.admitted ? (
        <Confirm
          label="Dismiss"
          ask={`${judge.name} judges its owner's runs alone from then on, and nobody else sees what it said.`}
          go="Dismiss it"
          onGo={() => onAdmit(false)}
        />
      ) : (
        <Confirm
          label="Admit"
          ask={`${judge.name} is sent images of the public boards, and everybody sees what it says.`}
          go="Admit it"
          onGo={() => onAdmit(true)}
        />
      )}
    </div>
  );
}

function Controls({ judge, onChange, onSaved, onRemove }: Omit<Props, "rubrics" | "onAdmit">) {
  const [busy, setBusy] = useState(false);
  const run = (work: () => Promise<void>) => {
    setBusy(true);
    void work().finally(() => setBusy(false));
  };
  const paused = judge.state === "PAUSED";
  return (
    <div className="mt-5 flex flex-wrap items-center gap-3 text-sm">
      <button
        type="button"
        className="button-quiet button-small"
        disabled={busy}
        onClick={() => run(() => onChange({ action: paused ? "resume" : "pause" }))}
      >
        {paused ? (
          <Play className="size-4" aria-hidden="true" />
        ) : (
          <Pause className="size-4" aria-hidden="true" />
        )}
        {paused ? "Go on" : "Pause"}
      </button>
      {!paused && (
        <button
          type="button"
          className="button-quiet button-small"
          disabled={busy}
          onClick={() => run(() => onChange({ action: "judge_all" }))}
        >
          Judge the published runs it has not judged
        </button>
      )}
      <JudgeBudget judge={judge} disabled={busy} onSaved={onSaved} />
      <Confirm
        label={
          <>
            <Trash2 className="size-4" aria-hidden="true" /> Remove
          </>
        }
        ask={`${judge.name} is removed with all its verdicts.`}
        go="Remove it"
        onGo={onRemove}
      />
    </div>
  );
}
