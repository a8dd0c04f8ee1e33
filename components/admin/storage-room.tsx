"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { asApiError, callApi } from "@/components/api-client";
import { useApi } from "@/components/use-api";
import { useFormat } from "@/components/use-format";
import type { StorageReport, StorageRequest, StorageView } from "@/lib/schemas/administration/storage";

const PATH = "/api/v1/admin/storage";
const POLL_MS = 2_000;

/** What the disk is used for, and what may be done about it. */
export function StorageRoom({ initial }: { initial: StorageView }) {
  const t = useTranslations("admin.storage");
  const { moment } = useFormat();
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
          {t("used")}
        </h2>
        {report === null ? (
          <p className="card text-muted mt-4 p-8 text-center">{t("notMeasured")}</p>
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
            {t(pending.measure ? "measuring" : "measure")}
          </button>
          <button
            type="button"
            className="button-quiet button-small"
            disabled={pending.collect}
            onClick={() => void ask("collect")}
          >
            {t(pending.collect ? "collecting" : "collect")}
          </button>
          <span className="text-muted text-sm" role="status">
            {measuredAt && t("measured", { at: moment(measuredAt) })}
          </span>
        </div>
      </section>
    </>
  );
}

function Disks({ disks, watermarkBytes, isLow, lastBackupAt }: StorageView) {
  const t = useTranslations("admin.storage");
  const { bytesText, moment } = useFormat();
  return (
    <section className="mt-8" aria-labelledby="free">
      <h2 id="free" className="text-2xl">
        {t("free")}
      </h2>
      {isLow && (
        <p role="alert" className="bg-alarm-soft text-alarm mt-4 rounded-md px-4 py-3 text-sm">
          {t("low", { bytes: bytesText(watermarkBytes) })}
        </p>
      )}
      <dl className="mt-4 grid gap-x-6 gap-y-3 text-sm sm:grid-cols-3">
        {disks.map(({ folder, freeBytes, totalBytes }) => (
          <div key={folder}>
            <dt className="text-muted text-xs">{t("disk", { folder })}</dt>
            <dd className="tabular-nums">
              {t("freeOf", { free: bytesText(freeBytes), total: bytesText(totalBytes) })}
            </dd>
          </div>
        ))}
        <div>
          <dt className="text-muted text-xs">{t("keptFree")}</dt>
          <dd className="tabular-nums">{watermarkBytes === 0 ? t("nothing") : bytesText(watermarkBytes)}</dd>
        </div>
        <div>
          <dt className="text-muted text-xs">{t("lastBackup")}</dt>
          <dd>
            {lastBackupAt === null ? (
              t("noBackup")
            ) : (
              <time dateTime={lastBackupAt} translate="no">
                {moment(lastBackupAt)}
              </time>
            )}
          </dd>
        </div>
      </dl>
    </section>
  );
}

const PARTS = [
  "samples",
  "references",
  "other",
  "derivatives",
  "uploads",
  "logs",
  "unneeded",
  "orphans",
] as const satisfies (keyof StorageReport)[];

function Report({ report }: { report: StorageReport }) {
  const t = useTranslations("admin.storage");
  return (
    <dl className="border-line divide-line mt-4 max-w-3xl divide-y border-y text-sm">
      {PARTS.map((name) => (
        <Line
          key={name}
          label={t(`parts.${name}`)}
          bytes={report[name].bytes}
          note={t("files", { n: report[name].count })}
        />
      ))}
      <Line label={t("parts.database")} bytes={report.database} />
    </dl>
  );
}

function Line({ label, bytes, note }: { label: string; bytes: number; note?: string }) {
  const { bytesText } = useFormat();
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
