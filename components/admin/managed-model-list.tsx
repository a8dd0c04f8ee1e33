import { useTranslations } from "next-intl";
import Link from "next/link";
import type { ReactNode } from "react";
import { ManagedModelActions } from "@/components/admin/managed-model-actions";
import { runFailureSentence } from "@/components/runs/page-text";
import { useFormat } from "@/components/use-format";
import type { ManagedModel } from "@/lib/schemas/administration/managed-models";

/** All models of the site, each with its owner, how it stands, and what may be done to it. */
export function ManagedModelList({ models, isFiltered }: { models: ManagedModel[]; isFiltered: boolean }) {
  const t = useTranslations("admin.models");
  if (models.length === 0) {
    return <p className="card text-muted mt-8 p-8 text-center">{t(isFiltered ? "noneLike" : "none")}</p>;
  }
  return (
    <ul className="mt-8 grid gap-3">
      {models.map((model) => (
        <li key={model.id} className="card p-4" aria-labelledby={model.id}>
          <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <h2 id={model.id} className="text-xl break-words">
              <Link href={`/models/${model.slug}`} className="link" translate="no">
                {model.name}
              </Link>
            </h2>
            <span className="text-muted text-sm">{t("by", { creator: model.creator })}</span>
            <span className={`ml-auto rounded-full px-2.5 py-1 text-xs ${TONES[model.state] ?? "bg-sunk"}`}>
              {t("stands", { state: model.state })}
            </span>
          </div>
          <Facts model={model} />
          {model.lastFailure && (
            <p className="text-alarm mt-3 text-sm break-words">
              <LastFailure failure={model.lastFailure} />
            </p>
          )}
          <ManagedModelActions model={model} />
        </li>
      ))}
    </ul>
  );
}

const TONES: Partial<Record<ManagedModel["state"], string>> = {
  listed: "bg-accent-soft text-accent",
  waiting: "bg-alarm-soft text-alarm",
};

function LastFailure({ failure }: { failure: NonNullable<ManagedModel["lastFailure"]> }) {
  const t = useTranslations("admin.models");
  const tRuns = useTranslations("runs");
  const { day } = useFormat();
  const { runId, at, failedFor } = failure;
  return t.rich("runFailed", {
    at: at === null ? "unknown" : day(at),
    why: failedFor === null ? "unknown" : runFailureSentence(tRuns, failedFor),
    link: (chunks) => (
      <Link href={`/runs/${runId}`} className="underline">
        {chunks}
      </Link>
    ),
  });
}

function Facts({ model }: { model: ManagedModel }) {
  const t = useTranslations("admin.models");
  const { bytesText, count, day } = useFormat();
  const { endpoint, run, runs, votes, bytes, submittedAt } = model;
  return (
    <dl className="mt-3 grid grid-cols-2 gap-x-6 gap-y-2 text-sm sm:grid-cols-4">
      <Fact label={t("owner")}>
        <Owner model={model} />
      </Fact>
      <Fact label={t("endpoint")}>
        {endpoint === null ? t("noEndpoint") : <span translate="no">{endpoint}</span>}
      </Fact>
      <Fact label={t("runs")}>{run === null ? t("noRuns") : t("runsNewest", { n: runs, state: run })}</Fact>
      <Fact label={t("votes")}>{count(votes)}</Fact>
      <Fact label={t("ownPrompts")}>
        <OwnPrompts perDay={model.ownPromptsPerDay} />
      </Fact>
      <Fact label={t("onDisk")}>{bytesText(bytes)}</Fact>
      <Fact label={t("submitted")}>
        <time dateTime={submittedAt} translate="no">
          {day(submittedAt)}
        </time>
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-xs">{label}</dt>
      <dd className="break-words tabular-nums">{children}</dd>
    </div>
  );
}

function Owner({ model: { submittedBy, owner } }: { model: ManagedModel }) {
  const t = useTranslations("admin.models");
  if (submittedBy !== "visitor") return t(submittedBy);
  return owner === null ? t("visitor") : <span translate="no">{owner}</span>;
}

function OwnPrompts({ perDay }: { perDay: number | null }) {
  const t = useTranslations("admin.models");
  if (perDay === null) return t("open");
  return perDay === 0 ? t("notOpen") : t("callsADay", { n: perDay });
}
