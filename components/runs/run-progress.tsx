import type { ReactNode } from "react";
import { count, dollars, duration, moment } from "@/components/format";
import { isActive, stateLabel } from "@/components/runs/run-states";
import type { PriceSource, RunMoney } from "@/lib/schemas/costs";
import type { RunView } from "@/lib/schemas/runs";

/** How far a run is, and what is known of how its samples came. */
export function RunProgress({ run }: { run: RunView }) {
  const embedding = run.state === "EXTRACTING" || run.state === "SCORING";
  const done = embedding ? run.embedded : run.generated + run.failed;
  const total = embedding ? run.generated : run.total;
  const share = total === 0 ? 0 : Math.min(1, done / total);
  const failedShare = embedding || total === 0 ? 0 : run.failed / total;
  return (
    <section className="card mt-8 p-5 sm:p-6" aria-label="Progress">
      <div className="flex flex-wrap items-baseline justify-between gap-3">
        <p className="font-serif text-2xl tabular-nums" role="status">
          {count(embedding ? done : run.generated)}{" "}
          <span className="text-muted text-lg">
            of {count(total)} {embedding ? "embedded" : run.source === "UPLOAD" ? "uploaded" : "made"}
          </span>
        </p>
        <p className="text-muted text-sm tabular-nums">
          {isActive(run.state) && run.etaSeconds !== null
            ? `about ${duration(run.etaSeconds * 1000)} left`
            : stateLabel(run)}
        </p>
      </div>
      <div
        role="progressbar"
        aria-valuenow={Math.round(share * 100)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={`${stateLabel(run)}: ${done} of ${total}`}
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
          <Fact label="Missing" value={count(run.total - run.generated)} />
        )}
        <Fact label="Started" value={moment(run.startedAt ?? run.createdAt)} />
        <Fact label="Finished" value={moment(run.finishedAt)} />
      </dl>
    </section>
  );
}

/** What is known of samples that an endpoint made, and not of uploaded ones. */
function GenerationFacts({ run }: { run: RunView }) {
  const rate = run.samplesPerMinute === null ? "–" : `${count(run.samplesPerMinute)} a minute`;
  return (
    <>
      <Fact label="Rate" value={rate} />
      <Fact label="Median latency" value={duration(run.medianLatencyMs)} />
      <Fact label="Missing" value={count(run.failed)} />
      <Fact label="Cost" value={costText(run)} />
      {run.money && (
        <>
          <Fact label="Expected" value={expectedText(run.money)} />
          <Fact label="Budget" value={dollars(run.money.budgetUsd)} />
        </>
      )}
    </>
  );
}

const PRICE_SOURCE: Record<PriceSource, string> = {
  typed: "as you gave it",
  measured: "as measured before",
  list: "its list price",
};

/** What it has cost, and how much of that is an estimate. */
function costText({ costUsd, costEstimatedUsd, money }: RunView): string {
  const shown = dollars(costUsd);
  if (costUsd === null || costEstimatedUsd === 0) return shown;
  const by = money?.priceSource ? `, by ${PRICE_SOURCE[money.priceSource]}` : "";
  const part = costEstimatedUsd >= costUsd ? "" : `${dollars(costEstimatedUsd)} of it `;
  return `${shown} (${part}estimated${by})`;
}

function expectedText({ expectedUsd, pricePerImageUsd, priceSource }: RunMoney): string {
  if (expectedUsd === null || priceSource === null) return dollars(expectedUsd);
  return `${dollars(expectedUsd)} at ${dollars(pricePerImageUsd)} an image, ${PRICE_SOURCE[priceSource]}`;
}

function Fact({ label, value }: { label: string; value: ReactNode }) {
  return (
    <div>
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="mt-0.5 text-sm tabular-nums">{value}</dd>
    </div>
  );
}
