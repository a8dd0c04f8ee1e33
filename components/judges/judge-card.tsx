"use client";

import { Pause, Play, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { Explain } from "@/components/explain";
import { Confirm } from "@/components/confirm";
import type { Format } from "@/components/format";
import { VisitorMark } from "@/components/visitor-mark";
import { demotionWords } from "@/components/judges/standing-text";
import { JudgeBudget } from "@/components/judges/judge-budget";
import { ProgressLine } from "@/components/judges/progress-line";
import { pauseWords, type JudgeWords } from "@/components/judges/pause-text";
import { useFormat } from "@/components/use-format";
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
  const t = useTranslations("judges");
  const format = useFormat();
  const demotion = demotionWords(t, format, judge.demotedFor);
  return (
    <article className="card p-5" aria-labelledby={judge.judgeId} id={judge.slug}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h2 id={judge.judgeId} className="text-xl break-words">
            <Link href={`/judges/${judge.slug}`} className="link" translate="no">
              {name}
            </Link>
          </h2>
          <p className="text-muted text-sm break-words">
            {t("by", { creator })}
            {providerModel && <span translate="no"> · {providerModel}</span>}{" "}
            <VisitorMark submittedBy={judge.submittedBy} />
          </p>
        </div>
        <p className="flex flex-wrap gap-2 text-xs">
          {demotion && (
            <Explain
              about={t("card.why")}
              mark={
                <span className="bg-alarm-soft text-alarm rounded-full px-2.5 py-1">{t("card.demoted")}</span>
              }
            >
              {demotion}
            </Explain>
          )}
          {state === "PAUSED" && <span className="bg-sunk rounded-full px-2.5 py-1">{t("card.paused")}</span>}
          {bundled && (
            <span className="bg-accent-soft text-accent rounded-full px-2.5 py-1">{t("card.bundled")}</span>
          )}
          {own && <span className="bg-sunk rounded-full px-2.5 py-1">{t("card.yours")}</span>}
          {!judge.admitted && onAdmit && (
            <span className="bg-sunk rounded-full px-2.5 py-1">{t("card.notAdmitted")}</span>
          )}
        </p>
      </div>
      {demotion && <p className="text-alarm mt-2 text-sm break-words">{demotion}</p>}
      {own && !judge.admitted && (
        <p role="note" className="text-muted mt-3 text-sm">
          {t("card.ownOnly")}
        </p>
      )}
      {pausedFor && (
        <p className="bg-alarm-soft text-alarm mt-3 rounded-md px-4 py-3 text-sm break-words">
          {pauseWords(t, format, pausedFor)}
        </p>
      )}
      {judge.tasks > 0 ? (
        <ProgressLine
          label={t("card.progress", { done: judge.done, total: judge.total })}
          note={paceOf(t, format, judge)}
          share={judge.total === 0 ? 0 : judge.done / judge.total}
        />
      ) : (
        <p className="text-muted mt-3 text-sm">{t("card.nothing")}</p>
      )}
      <Facts judge={judge} />
      <ul className="mt-4 flex flex-wrap gap-2 text-sm" aria-label={t("rubrics")}>
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

function paceOf(t: JudgeWords, { count, duration, moment }: Format, judge: JudgeView): string {
  if (judge.state === "PAUSED") return t("card.paused");
  if (judge.waitingUntil) return t("card.waitUntil", { until: moment(judge.waitingUntil) });
  if (judge.done >= judge.total) return t("card.allDone");
  if (judge.perMinute === null || judge.etaSeconds === null) return t("card.noWorker");
  return t("card.pace", { n: count(judge.perMinute), left: duration(judge.etaSeconds * 1000) });
}

function Facts({ judge }: { judge: JudgeView }) {
  const t = useTranslations("judges");
  const format = useFormat();
  const { count, duration, percent } = format;
  const failed = judge.withoutVerdict.reduce((sum, { count }) => sum + count, 0);
  const asked = judge.verdicts + failed;
  const facts: [string, string, string?][] = [
    [t("facts.verdicts"), count(judge.verdicts)],
    [t("facts.failed"), asked === 0 ? "–" : `${count(failed)} (${percent(failed / asked, 1)})`],
    [t("facts.median"), duration(judge.medianLatencyMs)],
    ...(judge.spentUsd === null ? [] : moneyOf(t, format, judge, judge.spentUsd)),
    [
      t("facts.supports"),
      t("facts.supported", {
        schema: judge.jsonSchema ? "yes" : "no",
        logprobs: judge.logprobs ? "yes" : "no",
      }),
      t("facts.supportsMeaning"),
    ],
    [
      t("facts.prompts"),
      judge.promptsPerRun === null
        ? t("facts.allPrompts")
        : t("facts.somePrompts", { n: judge.promptsPerRun }),
    ],
    [t("facts.atOnce"), count(judge.concurrency)],
    ...(judge.apiKeyLast4 ? ([[t("facts.key"), `…${judge.apiKeyLast4}`]] as [string, string][]) : []),
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

const moneyOf = (t: JudgeWords, { dollars }: Format, judge: JudgeView, spent: number): [string, string][] => [
  [t("facts.cost"), judge.usdPerVerdict === null ? t("facts.unknownCost") : dollars(judge.usdPerVerdict)],
  [t("facts.spent"), spentText(t, dollars, spent, judge.budgetUsd)],
];

function spentText(t: JudgeWords, dollars: Format["dollars"], spent: number, budget: number | null) {
  if (budget === null) return spent === 0 ? t("facts.spentNothing") : dollars(spent);
  return spent === 0
    ? t("facts.spentNothingOf", { budget: dollars(budget) })
    : t("facts.spentOf", { spent: dollars(spent), budget: dollars(budget) });
}

const REASONS = [
  "refused",
  "cannot_tell",
  "invalid",
  "unreadable",
  "rate_limited",
  "timeout",
  "transient",
] as const;

function Failures({ judge: { withoutVerdict } }: { judge: JudgeView }) {
  const t = useTranslations("judges.card");
  const { count } = useFormat();
  if (withoutVerdict.length === 0) return null;
  const wordOf = (reason: string) => {
    const known = REASONS.find((each) => each === reason);
    return known ? t(`reasons.${known}`) : reason;
  };
  return (
    <details className="mt-4 text-sm">
      <summary className="text-muted cursor-pointer">{t("whyNoVerdict")}</summary>
      <ul className="mt-2 grid gap-1.5">
        {withoutVerdict.map(({ reason, count: n, example }) => (
          <li key={reason} className="break-words">
            <span className="tabular-nums">{count(n)}</span> {wordOf(reason)}
            {example && (
              <span className="text-muted" translate="no">
                : {example}
              </span>
            )}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** Whether a visitor's judge speaks to everybody, for who runs the site to decide. */
function Admission({ judge, onAdmit }: { judge: JudgeView; onAdmit: (admitted: boolean) => Promise<void> }) {
  const t = useTranslations("judges.controls");
  return (
    <div className="mt-5 text-sm">
      {judge.admitted ? (
        <Confirm
          label={t("dismiss")}
          ask={t("dismissAsk", { name: judge.name })}
          go={t("dismissGo")}
          onGo={() => onAdmit(false)}
        />
      ) : (
        <Confirm
          label={t("admit")}
          ask={t("admitAsk", { name: judge.name })}
          go={t("admitGo")}
          onGo={() => onAdmit(true)}
        />
      )}
    </div>
  );
}

function Controls({ judge, onChange, onSaved, onRemove }: Omit<Props, "rubrics" | "onAdmit">) {
  const t = useTranslations("judges.controls");
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
        {t(paused ? "resume" : "pause")}
      </button>
      {!paused && (
        <button
          type="button"
          className="button-quiet button-small"
          disabled={busy}
          onClick={() => run(() => onChange({ action: "judge_all" }))}
        >
          {t("judgeAll")}
        </button>
      )}
      <JudgeBudget judge={judge} disabled={busy} onSaved={onSaved} />
      <Confirm
        label={
          <>
            <Trash2 className="size-4" aria-hidden="true" /> {t("remove")}
          </>
        }
        ask={t("removeAsk", { name: judge.name })}
        go={t("removeGo")}
        onGo={onRemove}
      />
    </div>
  );
}
