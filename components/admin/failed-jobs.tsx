"use client";

import { Confirm } from "@/components/confirm";
import { moment } from "@/components/format";
import type { FailedJob, QueueChange } from "@/lib/schemas/administration/queue";

/** Jobs that failed, each with its error and what may be done about it. */
export function FailedJobs({
  jobs,
  onChange,
}: {
  jobs: FailedJob[];
  onChange: (change: QueueChange) => Promise<void>;
}) {
  return (
    <section className="mt-10" aria-labelledby="failed">
      <h2 id="failed" className="text-2xl">
        Failed jobs
      </h2>
      {jobs.length === 0 ? (
        <p className="card text-muted mt-4 p-8 text-center">No job has failed.</p>
      ) : (
        <ul className="mt-4 grid gap-3">
          {jobs.map((job) => (
            <li key={job.id} className="card grid gap-3 p-4">
              <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
                <strong className="font-mono text-sm">{job.kind}</strong>
                <span className="text-muted text-sm break-all">
                  {Object.entries(job.about)
                    .map(([name, value]) => `${name} ${value}`)
                    .join(", ")}
                </span>
                <span className="text-muted ml-auto text-sm">job {job.id}</span>
              </p>
              <p className="text-alarm text-sm break-words whitespace-pre-wrap">
                {job.error || "No reason was given."}
              </p>
              <div className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
                <span className="text-muted">
                  {job.attempts} of {job.maxAttempts} attempts, the last at {moment(job.failedAt)};{" "}
                  {job.nextTry === null ? "tried no more" : `next at ${moment(job.nextTry)}`}
                </span>
                <span className="ml-auto flex flex-wrap gap-3">
                  <button
                    type="button"
                    className="button-quiet button-small"
                    aria-label={`Try job ${job.id} again`}
                    onClick={() => void onChange({ action: "retry", job: job.id })}
                  >
                    Try again
                  </button>
                  {job.nextTry === null && (
                    <Confirm
                      label="Remove"
                      ask={`Job ${job.id} is deleted, and its work stays undone.`}
                      go="Remove it"
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
