"use client";

import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { bytesText, count, moment } from "@/components/format";
import { useApi } from "@/components/use-api";
import type { StorageReport, StorageRequest, StorageView } from "@/lib/schemas/administration/storage";

const PATH = "/api/v1/admin/storage";
const POLL_MS = 2_000;

/** What the disk is used for, and what may be done about it. */
export function StorageRoom({ initial }: { initial: StorageView }) {
  const { data, error, refresh } = useApi<StorageView>(PATH, {
    initial,
    wait: ({ pending }) => (pending.measure || pending.collect ? POLL_MS : null),
  });
  const [refused, setRefused] = useState<string | null>(null);
  const problem = refused ?? error?.message;
  const ask = async (action: StorageRequest["action"]) => {
    setRefused(null);
    try {
      await callApi<StorageView>(PATH, { body: { action } });
    } catch (thrown) {
      setRefused(asApiError(thrown).message);
    }
    await refresh();
  };
  const { report, measuredAt, pending } = data;
  return (
    <>
      {problem && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-6 rounded-md px-4 py-3 text-sm">
          {problem}
        </p>
      )}
      <Disks {...data} />
      <section className="mt-10" aria-labelledby="used">
        <h2 id="used" className="text-2xl">
          What takes it up
        </h2>
        {report === null ? (
          <p className="card text-muted mt-4 p-8 text-center">
            Nothing has been measured yet: a worker does it within the hour, or when you ask.
          </p>
        ) : (
          <Report report={report} />
        )}
        <div className="mt-5 flex flex-wrap items-center gap-3">
          <button
            type="button"
            className="button-quiet button-small"
            disabled={pending.measure}
            onClick={() => void ask("measure")}
          >
            {pending.measure ? "Being measured" : "Measure now"}
          </button>
          <button
            type="button"
            className="button-quiet button-small"
            disabled={pending.collect}
            onClick={() => void ask("collect")}
          >
            {pending.collect ? "Being collected" : "Collect now"}
          </button>
          <span className="text-muted text-sm" role="status">
            {measuredAt && `Measured ${moment(measuredAt)}`}
          </span>
        </div>
      </section>
    </>
  );
}

const DISKS = { artifacts: "Images and videos", data: "Data folder" } as const;

function Disks({ disks, watermarkBytes, isLow, lastBackupAt }: StorageView) {
  return (
    <section className="mt-8" aria-labelledby="free">
      <h2 id="free" className="text-2xl">
        Free
      </h2>
      {isLow && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-4 rounded-md px-4 py-3 text-sm">
          Less is free than the {bytesText(watermarkBytes)} that are kept (DISK_FREE_MIN_MB): nothing is taken
          in or generated until there is room again.
        </p>
      )}
      <dl className="mt-4 grid gap-x-6 gap-y-3 text-sm sm:grid-cols-3">
        {disks.map(({ folder, freeBytes, totalBytes }) => (
          <div key={folder}>
            <dt className="text-muted text-xs">{DISKS[folder]}, on the site&apos;s machine</dt>
            <dd className="tabular-nums">
              {bytesText(freeBytes)} of {bytesText(totalBytes)}
            </dd>
          </div>
        ))}
        <div>
          <dt className="text-muted text-xs">Kept free</dt>
          <dd className="tabular-nums">{watermarkBytes === 0 ? "nothing" : bytesText(watermarkBytes)}</dd>
        </div>
        <div>
          <dt className="text-muted text-xs">Last backup</dt>
          <dd>{lastBackupAt === null ? "none is known" : moment(lastBackupAt)}</dd>
        </div>
      </dl>
    </section>
  );
}

const PARTS: [keyof Omit<StorageReport, "database">, string][] = [
  ["samples", "Samples"],
  ["references", "Reference sets"],
  ["other", "Prompts' images, demonstrations and drawings"],
  ["derivatives", "Smaller images made from those"],
  ["uploads", "Uploads that are not read yet"],
  ["logs", "Logs"],
  ["unneeded", "Of these: what nothing refers to any more"],
  ["orphans", "Files that no row names"],
];

function Report({ report }: { report: StorageReport }) {
  return (
    <dl className="border-line divide-line mt-4 max-w-3xl divide-y border-y text-sm">
      {PARTS.map(([name, label]) => (
        <Line
          key={name}
          label={label}
          bytes={report[name].bytes}
          note={`${count(report[name].count)} files`}
        />
      ))}
      <Line label="Database" bytes={report.database} />
    </dl>
  );
}

function Line({ label, bytes, note }: { label: string; bytes: number; note?: string }) {
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 py-2.5">
      <dt>{label}</dt>
      <dd className="flex gap-4 tabular-nums">
        <span className="text-muted">{note}</span>
        <span className="min-w-20 text-right">{bytesText(bytes)}</span>
      </dd>
    </div>
  );
}
