"use client";

import { ArrowRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { EndpointTested } from "@/components/models/capability-facts";
import { KeptOffNote } from "@/components/models/kept-off-note";
import { SampleImage } from "@/components/sample-image";
import { SourceImages } from "@/components/source-images";
import { FailureList } from "@/components/runs/failure-list";
import { joined, runFailureSentence } from "@/components/runs/page-text";
import { RunParameters } from "@/components/runs/run-parameters";
import { RunUploads } from "@/components/runs/run-uploads";
import { isActive, type STAGES } from "@/components/runs/run-states";
import { RunBudget } from "@/components/runs/run-budget";
import { RunNumbers } from "@/components/runs/run-numbers";
import { RunProgress } from "@/components/runs/run-progress";
import { RunJudging } from "@/components/runs/run-judging";
import { Stepper } from "@/components/runs/stepper";
import { useRun, type RunAction } from "@/components/runs/use-run";
import { useFormat } from "@/components/use-format";
import { ImageViewer } from "@/components/viewer/image-viewer";
import { viewedImages } from "@/components/viewer/viewed-images";
import { VisitorMark } from "@/components/visitor-mark";
import type { Offer } from "@/lib/schemas/offer";
import type { RunView } from "@/lib/schemas/runs";

/**
 * A run as it happens.
 * @param link the secret link's token by which it is seen: then nothing leads to pages that it does not show
 * @param controlling whether who looks may control runs, by the table of who may do what
 */
export function LiveRun({
  initial,
  link,
  controlling = { kind: "open" },
}: {
  initial: RunView;
  link?: string;
  controlling?: Offer;
}) {
  const path = link === undefined ? `/api/v1/runs/${initial.runId}` : `/api/v1/shared-runs/${link}`;
  const { run, error, busy, act, refresh } = useRun(initial, path);
  const isLinked = link !== undefined;
  const t = useTranslations("runs");
  return (
    <div className="page pt-10 sm:pt-14">
      <header className="flex flex-wrap items-start justify-between gap-x-10 gap-y-5">
        <Title run={run} isLinked={isLinked} />
        {run.canControl && controlling.kind === "open" && (
          <Controls run={run} busy={busy} onAct={(action) => void act(action)} />
        )}
      </header>
      {error && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          {error.message}
        </p>
      )}
      {run.state === "FAILED" && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3">
          {run.failedFor === null ? t("live.failed") : runFailureSentence(t, run.failedFor)}
        </p>
      )}
      {run.pausedFor !== null && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3">
          {t("live.paused", { why: t("pause", { why: run.pausedFor }) })}{" "}
          {run.failedFor && runFailureSentence(t, run.failedFor)}
        </p>
      )}
      <KeptOffNote keptOff={run.model.keptOff} />
      {!isLinked && <SupersededNote run={run} />}
      <div className="mt-10">
        <Stepper state={run.state} reached={reached(run)} source={run.source} />
      </div>
      <RunProgress run={run} />
      <RunBudget run={run} onChanged={refresh} />
      <RunParameters parameters={run.parameters} />
      <EndpointTested capability={run.capability} />
      <Numbers run={run} isLinked={isLinked} />
      <Latest run={run} path={path} />
      <RunUploads run={run} />
      <RunJudging judging={run.judging} />
      <FailureList failures={run.failures} codes={run.failureCodes} total={run.failed} />
    </div>
  );
}

function Title({ run, isLinked }: { run: RunView; isLinked: boolean }) {
  const t = useTranslations("runs.live");
  return (
    <div className="min-w-0">
      <p className="eyebrow">
        {isLinked
          ? t("overByLink", { set: run.promptSet })
          : t.rich("over", {
              set: run.promptSet,
              link: (chunks) => (
                <Link href="/runs" className="hover:text-ink">
                  {chunks}
                </Link>
              ),
            })}
      </p>
      <h1 className="mt-2 text-4xl break-words" translate="no">
        {isLinked ? (
          run.model.name
        ) : (
          <Link href={`/models/${run.model.slug}`} className="hover:text-accent">
            {run.model.name}
          </Link>
        )}
      </h1>
      <p className="text-muted mt-1">
        {t("by", { creator: run.model.creator })} <VisitorMark submittedBy={run.model.submittedBy} />
        {run.label && `, ${run.label}`}
      </p>
    </div>
  );
}

function SupersededNote({ run }: { run: RunView }) {
  const t = useTranslations("runs.live");
  const { day } = useFormat();
  if (!run.supersededAt) return null;
  return (
    <p role="note" className="bg-sunk mt-6 rounded-md px-4 py-3 text-sm">
      {t.rich("superseded", {
        known: run.weights ? "yes" : "no",
        weights: run.weights?.slice(0, 12) ?? "",
        day: day(run.supersededAt),
        link: (chunks) => (
          <Link href={`/models/${run.model.slug}`} className="link">
            {chunks}
          </Link>
        ),
      })}
    </p>
  );
}

/** The run's scores with their intervals. */
function Numbers({ run, isLinked }: { run: RunView; isLinked: boolean }) {
  const t = useTranslations("runs");
  if (Object.keys(run.metrics).length === 0) return null;
  return (
    <section className="mt-12" aria-labelledby="numbers">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <h2 id="numbers" className="text-2xl">
          {t("live.numbers")}
        </h2>
        {run.state === "PUBLISHED" && !isLinked && (
          <Link href={`/models/${run.model.slug}`} className="link inline-flex items-center gap-1 text-sm">
            {t("live.modelPage")} <ArrowRight className="size-3.5" aria-hidden="true" />
          </Link>
        )}
      </div>
      {run.unscored.length > 0 && !isLinked && (
        <p className="text-muted mt-3 max-w-3xl text-sm" role="note">
          {t("live.unscored", {
            metrics: joined(t, run.unscored),
            who: run.canControl ? "owner" : "reader",
          })}
        </p>
      )}
      <RunNumbers metrics={run.metrics} />
    </section>
  );
}

function Latest({ run, path }: { run: RunView; path: string }) {
  const t = useTranslations("runs.live");
  return (
    <section className="mt-12" aria-labelledby="images">
      <h2 id="images" className="text-2xl">
        {isActive(run.state) ? t("latest") : t("images")}
      </h2>
      <ArenaNotes run={run} />
      {run.recentSamples.length === 0 ? (
        <p className="text-muted mt-3">
          {run.state === "QUEUED" || run.state === "GENERATING" ? t("coming") : t("none")}
        </p>
      ) : (
        <>
          <ul className="mt-5 grid grid-cols-3 gap-3 sm:grid-cols-4 md:grid-cols-6 lg:grid-cols-8">
            {run.recentSamples.map((sample) => (
              <li key={sample.sampleId} className="frame appear [--frame-padding:4px]" title={sample.prompt}>
                <ImageViewer
                  title={sample.prompt}
                  images={viewedImages(sample.sources, [{ url: sample.url, label: run.model.name }])}
                >
                  <SampleImage src={sample.url} prompt={sample.prompt} />
                </ImageViewer>
                <SourceImages sources={sample.sources} className="mt-1" />
              </li>
            ))}
          </ul>
          <p className="mt-4 text-sm">
            <a className="link" href={`${path}/samples`} download>
              {t("download")}
            </a>
          </p>
        </>
      )}
    </section>
  );
}

/** Which of the run's samples the arena leaves out, and which are seen in the arena alone. */
function ArenaNotes({ run }: { run: RunView }) {
  const t = useTranslations("runs.live");
  if (run.arena === null) return null;
  const { width, height, fits, misshapen, withheld, seedsTellSides } = run.arena;
  const notes = [
    (!fits || misshapen > 0) &&
      t("shape", { size: `${width}x${height}`, which: fits ? "some" : "all", n: misshapen }),
    seedsTellSides && t("seeds"),
    withheld > 0 && t("withheld", { n: withheld }),
  ].filter((note) => note !== false);
  return notes.map((note) => (
    <p key={note} role="note" className="text-muted mt-3 max-w-3xl text-sm">
      {note}
    </p>
  ));
}

/** The furthest stage a stopped run's own counts prove. */
function reached(run: RunView): (typeof STAGES)[number] {
  if (Object.keys(run.metrics).length > 0) return "SCORING";
  if (run.embedded > 0) return "EXTRACTING";
  return run.startedAt || run.generated + run.failed > 0 ? "GENERATING" : "QUEUED";
}

function Controls({
  run,
  busy,
  onAct,
}: {
  run: RunView;
  busy: RunAction | null;
  onAct: (action: RunAction) => void;
}) {
  const t = useTranslations("runs");
  const actions: [RunAction, string, boolean][] = [
    ["cancel", t("actions.cancel"), isActive(run.state) || run.state === "PAUSED"],
    [
      "resume",
      t("actions.resume"),
      run.source === "ENDPOINT" &&
        ["PAUSED", "FAILED", "CANCELLED"].includes(run.state) &&
        run.pausedFor !== "budget",
    ],
    [
      "resume",
      t("actions.missing"),
      run.source === "ENDPOINT" && run.state === "PUBLISHED" && run.failed > 0,
    ],
    [
      "publish",
      t("actions.publish"),
      run.state === "PUBLISHED" && !run.model.listed && run.model.keptOff === null,
    ],
    ["rescore", t("actions.rescore"), run.unscored.length > 0],
  ];
  return (
    <div className="flex gap-2">
      {actions
        .filter(([, , offered]) => offered)
        .map(([action, label]) => (
          <button
            key={action}
            type="button"
            className={action === "cancel" ? "button-quiet" : "button-primary"}
            disabled={busy !== null}
            onClick={() => onAct(action)}
          >
            {busy === action ? t("wait") : label}
          </button>
        ))}
    </div>
  );
}
