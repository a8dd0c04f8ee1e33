"use client";

import { useTranslations } from "next-intl";
import { Confirm } from "@/components/confirm";
import { useFormat } from "@/components/use-format";
import type { FailedJob, QueueChange } from "@/lib/schemas/administration/queue";

/** Jobs that failed, each with its error and what may be done about it. */
export function FailedJobs({
  jobs,
  onChange,
}: {
  jobs: FailedJob[];
  onChange: (change: QueueChange) => Promise<void>;
}) {
  const t = useTranslations("admin.queue");
  const { moment } = useFormat();
  return (
    <section className="mt-10" aria-labelledby="failed">
      <h2 id="failed" className="text-2xl">
        {t("failedJobs")}
      </h2>
      {jobs.length === 0 ? (
        <p className="card text-muted mt-4 p-8 text-center">{t("noneFailed")}</p>
      ) : (
        <ul className="mt-4 grid gap-3">
          {jobs.map((job) => (
            <li key={job.id} className="card grid gap-3 p-4">
              <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
                <strong className="font-mono text-sm" translate="no">
                  {job.kind}
                </strong>
                <span className="text-muted text-sm break-all" translate="no">
                  {Object.entries(job.about)
                    .map(([name, value]) => `${name} ${value}`)
                    .join(", ")}
                </span>
                <span className="text-muted ml-auto text-sm">{t("job", { id: job.id })}</span>
              </p>
              <p className="text-alarm text-sm break-words whitespace-pre-wrap">
                {job.error ? <span translate="no">{job.error}</span> : t("noReason")}
              </p>
              <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
                <span className="text-muted">
                  {t(job.nextTry === null ? "triedNoMore" : "triedAgain", {
                    attempts: job.attempts,
                    most: job.maxAttempts,
                    last: moment(job.failedAt),
                    next: moment(job.nextTry),
                  })}
                </span>
                <span className="ml-auto flex flex-wrap gap-3">
                  <button
                    type="button"
                    className="button-quiet button-small"
                    aria-label={t("retryOne", { id: job.id })}
                    onClick={() => void onChange({ action: "retry", job: job.id })}
                  >
                    {t("retry")}
                  </button>
                  {job.nextTry === null && (
                    <Confirm
                      label={t("remove")}
                      ask={t("removeAsk", { id: job.id })}
                      go={t("removeGo")}
                      onGo={() => onChange({ action: "remove", job: job.id })}
                    />
                  )}
                </span>
              </div>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
