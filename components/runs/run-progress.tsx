import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { UNKNOWN, type Format } from "@/components/format";
import type { RunWords } from "@/components/runs/page-text";
import { isActive, stateLabel } from "@/components/runs/run-states";
import { useFormat } from "@/components/use-format";
import type { RunMoney } from "@/lib/schemas/costs";
import type { RunView } from "@/lib/schemas/runs";

/** How far a run is, and what is known of how its samples came. */
export function RunProgress({ run }: { run: RunView }) {
  const t = useTranslations("runs");
  const { count, duration } = useFormat();
  const embedding = run.state === "EXTRACTING" || run.state === "SCORING";
  const done = embedding ? run.embedded : run.generated + run.failed;
  const total = embedding ? run.generated : run.total;
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const failedShare = embedding || total === 0 ? 0 : run.failed / total;
  return (
    <section className="card mt-8 p-5 sm:p-6" aria-label={t("progress.title")}>
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <p className="font-serif text-2xl tabular-nums" role="status">
          {t.rich("progress.done", {
            done: count(embedding ? done : run.generated),
            total,
            how: embedding ? "embedded" : run.source === "UPLOAD" ? "uploaded" : "made",
            rest: (chunks) => <span className="text-muted text-lg">{chunks}</span>,
          })}
        </p>
        <p className="text-muted text-sm tabular-nums">
          {isActive(run.state) && run.etaSeconds !== null
            ? t("left", { time: duration(run.etaSeconds * 1000) })
            : stateLabel(t, run)}
        </p>
      </div>
      <div
        role="progressbar"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={t("progress.bar", { state: stateLabel(t, run), done, total })}
        className="bg-sunk mt-3 flex h-2.5 overflow-hidden rounded-full"
      >
        <span
          className="bg-accent h-full transition-[width] duration-700"
          style={{ width: `${(share - failedShare) * 100}%` }}
        />
        <span
          className="bg-alarm/70 h-full transition-[width] duration-700"
          style={{ width: `${failedShare * 100}%` }}
        />
      </div>
      <dl className="mt-5 grid grid-cols-2 gap-x-6 gap-y-4 sm:grid-cols-3 lg:grid-cols-6">
        {run.source === "ENDPOINT" ? (
          <GenerationFacts run={run} />
        ) : (
          <Fact label={t("progress.missing")} value={count(run.total - run.generated)} />
        )}
        <Fact label={t("progress.started")} value={<Moment at={run.startedAt ?? run.createdAt} />} />
        <Fact label={t("progress.finished")} value={<Moment at={run.finishedAt} />} />
      </dl>
    </section>
  );
}

/** What is known of samples that an endpoint made, and not of uploaded ones. */
function GenerationFacts({ run }: { run: RunView }) {
  const t = useTranslations("runs");
  const format = useFormat();
  const { count, dollars, duration } = format;
  const rate = run.samplesPerMinute === null ? UNKNOWN : t("perMinute", { n: count(run.samplesPerMinute) });
  return (
    <>
      <Fact label={t("progress.rate")} value={rate} />
      <Fact label={t("progress.latency")} value={duration(run.medianLatencyMs)} />
      <Fact label={t("progress.missing")} value={count(run.failed)} />
      <Fact label={t("progress.cost")} value={costText(t, format, run)} />
      {run.money && (
        <>
          <Fact label={t("progress.expected")} value={expectedText(t, format, run.money)} />
          <Fact label={t("progress.budget")} value={dollars(run.money.budgetUsd)} />
        </>
      )}
    </>
  );
}

/** What it has cost, and how much of that is an estimate. */
function costText(t: RunWords, { dollars }: Format, { costUsd, costEstimatedUsd, money }: RunView): string {
  const cost = dollars(costUsd);
  if (costUsd === null || costEstimatedUsd === 0) return cost;
  return t("progress.estimated", {
    cost,
    part: costEstimatedUsd >= costUsd ? "all" : "some",
    estimated: dollars(costEstimatedUsd),
    source: money?.priceSource ?? "none",
  });
}

function expectedText(
  t: RunWords,
  { dollars }: Format,
  { expectedUsd, pricePerImageUsd, priceSource }: RunMoney,
): string {
  const expected = dollars(expectedUsd);
  if (expectedUsd === null || priceSource === null) return expected;
  return t("progress.expectedAt", { expected, price: dollars(pricePerImageUsd), source: priceSource });
}

function Moment({ at }: { at: string | null }) {
  const { moment } = useFormat();
  if (at === null) return UNKNOWN;
  return (
    <time dateTime={at} translate="no">
      {moment(at)}
    </time>
  );
}

function Fact({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="mt-0.5 text-sm tabular-nums">{value}</dd>
    </div>
  );
}
