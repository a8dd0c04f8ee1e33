"use client";

import { useState } from "react";
import { FailedJobs } from "@/components/admin/failed-jobs";
import { PausedList } from "@/components/admin/paused-list";
import { asApiError, callApi } from "@/components/api-client";
import { count, counted, moment } from "@/components/format";
import { useApi } from "@/components/use-api";
import type { QueueChange, QueueView } from "@/lib/schemas/administration/queue";

const PATH = "/api/v1/admin/queue";
const POLL_MS = 5_000;

/** The queue, kept up to date while it is looked at. */
export function QueueRoom({ initial }: { initial: QueueView }) {
  const { data: queue, error, refresh } = useApi<QueueView>(PATH, { initial, wait: () => POLL_MS });
  const [refused, setRefused] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const problem = refused ?? error?.message;
  const change = async (body: QueueChange) => {
    setRefused(null);
    setDone(null);
    try {
      const { changed } = await callApi<{ changed: number }>(PATH, { body });
      const what = body.action === "remove" ? "removed" : "queued again";
      setDone(`${counted(changed, "job")} ${changed === 1 ? "is" : "are"} ${what}.`);
    } catch (thrown) {
      setRefused(asApiError(thrown).message);
    }
    await refresh();
  };
  return (
    <>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      <p role="status" className="text-muted mt-6 min-h-6 text-sm">
        {done}
      </p>
      <PausedList paused={queue.paused} />
      <Kinds kinds={queue.kinds} onRetry={(kind) => change({ action: "retry", kind })} />
      <FailedJobs jobs={queue.failed} onChange={change} />
      <Workers workers={queue.workers} />
    </>
  );
}

function Kinds({ kinds, onRetry }: { kinds: QueueView["kinds"]; onRetry: (kind: string) => Promise<void> }) {
  return (
    <section className="mt-10" aria-labelledby="kinds">
      <h2 id="kinds" className="text-2xl">
        Jobs by kind
      </h2>
      {kinds.length === 0 ? (
        <p className="card text-muted mt-4 p-8 text-center">There are no jobs: everything is done.</p>
      ) : (
        <ul className="border-line divide-line mt-4 divide-y border-y">
          {kinds.map((each) => (
            <li key={each.kind} className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3">
              <span className="min-w-48 font-mono text-sm">{each.kind}</span>
              <dl className="flex flex-wrap gap-x-5 gap-y-1 text-sm tabular-nums">
                <Figure label="waiting" value={each.waiting} />
                <Figure label="running" value={each.running} />
                <Figure label="tried again" value={each.retrying} />
                <Figure label="failed" value={each.failed} isBad />
              </dl>
              {each.oldest && <span className="text-muted text-sm">due since {moment(each.oldest)}</span>}
              {each.failed + each.retrying > 0 && (
                <button
                  type="button"
                  className="button-quiet button-small ml-auto"
                  aria-label={`Try all failed jobs of ${each.kind} again`}
                  onClick={() => void onRetry(each.kind)}
                >
                  Try all again
                </button>
              )}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Figure({ label, value, isBad = false }: { label: string; value: number; isBad?: boolean }) {
  return (
    <div className={`flex gap-1.5 ${value === 0 ? "text-muted" : isBad ? "text-alarm" : ""}`}>
      <dt className="order-2">{label}</dt>
      <dd>{count(value)}</dd>
    </div>
  );
}

function Workers({ workers }: { workers: QueueView["workers"] }) {
  return (
    <section className="mt-10" aria-labelledby="workers">
      <h2 id="workers" className="text-2xl">
        Workers
      </h2>
      {workers.length === 0 ? (
        <p className="text-muted mt-4">
          None is running. <code>npm start</code> starts one, and <code>salon worker</code> another on any
          machine that reaches the database.
        </p>
      ) : (
        <ul className="mt-4 grid gap-2 text-sm">
          {workers.map(({ since, address, slots }) => (
            <li key={`${since} ${address}`}>
              {address ?? "This machine"}, alive since {moment(since)}, {counted(slots, "slot")}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
