"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { FailedJobs } from "@/components/admin/failed-jobs";
import { PausedList } from "@/components/admin/paused-list";
import { asApiError, callApi } from "@/components/api-client";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";
import type { QueueChange, QueueView } from "@/lib/schemas/administration/queue";

const PATH = "/api/v1/admin/queue";
const POLL_MS = 5_000;

/** The queue, kept up to date while it is looked at. */
export function QueueRoom({ initial }: { initial: QueueView }) {
  const t = useTranslations("admin.queue");
  const { data: queue, error, refresh } = useApi<QueueView>(PATH, { initial, wait: () => POLL_MS });
  const [refused, setRefused] = useState<string | null>(null);
  const [done, setDone] = useState<string | null>(null);
  const problem = refused ?? error?.message;
  const change = async (body: QueueChange) => {
    setRefused(null);
    setDone(null);
    try {
      const { changed } = await callApi<{ changed: number }>(PATH, { body });
      setDone(t(body.action === "remove" ? "removed" : "queuedAgain", { n: changed }));
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
  const t = useTranslations("admin.queue");
  const { moment } = useFormat();
  return (
    <section className="mt-10" aria-labelledby="kinds">
      <h2 id="kinds" className="text-2xl">
        {t("kinds")}
      </h2>
      {kinds.length === 0 ? (
        <p className="card text-muted mt-4 p-8 text-center">{t("noJobs")}</p>
      ) : (
        <ul className="border-line divide-line mt-4 divide-y border-y">
          {kinds.map((each) => (
            <li key={each.kind} className="flex flex-wrap items-center gap-x-6 gap-y-2 py-3">
              <span className="min-w-48 font-mono text-sm" translate="no">
                {each.kind}
              </span>
              <dl className="flex flex-wrap gap-x-5 gap-y-1 text-sm tabular-nums">
                <Figure label={t("waiting")} value={each.waiting} />
                <Figure label={t("running")} value={each.running} />
                <Figure label={t("retrying")} value={each.retrying} />
                <Figure label={t("failed")} value={each.failed} isBad />
              </dl>
              {each.oldest && (
                <span className="text-muted text-sm">{t("due", { at: moment(each.oldest) })}</span>
              )}
              {each.failed + each.retrying > 0 && (
                <button
                  type="button"
                  className="button-quiet button-small ml-auto"
                  aria-label={t("retryAllOf", { kind: each.kind })}
                  onClick={() => void onRetry(each.kind)}
                >
                  {t("retryAll")}
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
  const { count } = useFormat();
  return (
    <div className={`flex gap-1.5 ${value === 0 ? "text-muted" : isBad ? "text-alarm" : ""}`}>
      <dt className="order-2">{label}</dt>
      <dd>{count(value)}</dd>
    </div>
  );
}

function Workers({ workers }: { workers: QueueView["workers"] }) {
  const t = useTranslations("admin.queue");
  const { moment } = useFormat();
  return (
    <section className="mt-10" aria-labelledby="workers">
      <h2 id="workers" className="text-2xl">
        {t("workers")}
      </h2>
      {workers.length === 0 ? (
        <p className="text-muted mt-4">{t.rich("noWorker", { code: (chunks) => <code>{chunks}</code> })}</p>
      ) : (
        <ul className="mt-4 grid gap-2 text-sm">
          {workers.map(({ since, address, slots }) => (
            <li key={`${since} ${address}`}>
              {address === null
                ? t("workerHere", { since: moment(since), slots })
                : t("worker", { address, since: moment(since), slots })}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
