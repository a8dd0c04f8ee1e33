"use client";

import { Download, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { Explain } from "@/components/explain";
import { Confirm } from "@/components/confirm";
import { UNKNOWN, type Format } from "@/components/format";
import { VisitorMark } from "@/components/visitor-mark";
import { failureText } from "@/components/references/failure-text";
import { Examples } from "@/components/references/examples";
import { useFormat } from "@/components/use-format";
import type { ReferenceSetView, ReferenceUse } from "@/lib/schemas/examination";

/** One reference set: what it holds, what it is known by, and how far its building is. */
export function ReferenceCard({
  reference,
  onUse,
  onRemove,
}: {
  reference: ReferenceSetView;
  /** Uses or retires it; undefined where that is not for who looks to decide. */
  onUse?: (action: ReferenceUse["action"]) => Promise<void>;
  onRemove: () => Promise<void>;
}) {
  const t = useTranslations("references");
  const { id, name, state, failedFor, scoresDistance, scoresSamples, own, examples } = reference;
  return (
    <article className="card p-5" aria-labelledby={`reference-${id}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id={`reference-${id}`} className="min-w-0 text-xl break-words">
          <span translate="no">{name}</span> {!own && <VisitorMark submittedBy={reference.submittedBy} />}
        </h2>
        <p className="flex flex-wrap gap-2 text-xs">
          {scoresDistance && (
            <span className="bg-accent-soft text-accent rounded-full px-2.5 py-1">
              {t("card.scoresDistance")}
            </span>
          )}
          {scoresSamples && (
            <span className="bg-accent-soft text-accent rounded-full px-2.5 py-1">
              {t("card.scoresSamples")}
            </span>
          )}
          {own && <span className="bg-sunk rounded-full px-2.5 py-1">{t("card.yours")}</span>}
        </p>
      </div>
      {state === "BUILDING" && <Building reference={reference} />}
      {state === "FAILED" && (
        <p className="bg-alarm-soft text-alarm mt-3 rounded-md px-4 py-3 text-sm break-words">
          {failureText(t, failedFor)}
        </p>
      )}
      {state === "READY" && (scoresDistance || scoresSamples) && !reference.isEncoderHere && (
        <p className="bg-alarm-soft text-alarm mt-3 rounded-md px-4 py-3 text-sm break-words">
          {t.rich("card.encoderMissing", { code: (chunks) => <code>{chunks}</code> })}
        </p>
      )}
      {state === "READY" && <Facts reference={reference} />}
      {examples.length > 0 && <Examples reference={reference} />}
      <div className="mt-4 flex flex-wrap items-center gap-3 text-sm">
        {state === "READY" && (
          <span className="inline-flex items-center gap-1">
            <a className="button-quiet button-small" href={`/api/v1/references/${id}/statistics`} download>
              <Download className="size-4" aria-hidden="true" /> {t("card.statistics")}
            </a>
            <Explain about={t("card.statisticsAbout")}>{t("card.statisticsMeaning")}</Explain>
          </span>
        )}
        {onUse && state === "READY" && !scoresDistance && (
          <Confirm
            label={t("card.use")}
            ask={t("card.useAsk")}
            go={t("card.useGo")}
            onGo={() => onUse("use")}
          />
        )}
        {onUse && (scoresDistance || scoresSamples) && (
          <Confirm
            label={t("card.retire")}
            ask={t("card.retireAsk")}
            go={t("card.retireGo")}
            onGo={() => onUse("retire")}
          />
        )}
        {own && (
          <Confirm
            label={
              <>
                <Trash2 className="size-4" aria-hidden="true" /> {t("card.remove")}
              </>
            }
            ask={t("card.removeAsk", { name })}
            go={t("card.removeGo")}
            onGo={onRemove}
          />
        )}
      </div>
    </article>
  );
}

function Building({ reference: { done, total, samples } }: { reference: ReferenceSetView }) {
  const t = useTranslations("references.building");
  const share = total ? Math.min(1, done / total) : 0;
  return (
    <div className="mt-3">
      <p className="text-muted text-sm tabular-nums" role="status">
        {total === null ? t("waiting") : done < total ? t("read", { done, total, samples }) : t("summing")}
      </p>
      <div
        role="progressbar"
        aria-label={t("progress", { samples })}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        className="bg-sunk mt-2 h-2 max-w-xl overflow-hidden rounded-full"
      >
        <span
          className="bg-accent block h-full transition-[width] duration-700"
          style={{ width: `${share * 100}%` }}
        />
      </div>
    </div>
  );
}

type Translations = ReturnType<typeof useTranslations<"references">>;
type Fact = { label: string; value: string; meaning?: string; isCode?: boolean; translate?: "no" };

function Facts({ reference }: { reference: ReferenceSetView }) {
  const t = useTranslations("references");
  const format = useFormat();
  const { n, samples, resolutions, formats, videos, encoder, preprocessing, dimension, manifest, createdAt } =
    reference;
  const facts: Fact[] = [
    { label: t("facts.n", { samples }), value: n === null ? t("facts.notSaid") : format.count(n) },
    { label: t("facts.pixels"), value: histogram(t, format, resolutions), translate: "no" },
    { label: t("facts.coding"), value: histogram(t, format, formats), translate: "no" },
    ...(videos ? timesOf(t, format, videos) : []),
    {
      label: t("facts.encoder"),
      value: t("facts.features", { encoder: encoder.split("@")[0], n: `${dimension}` }),
      meaning: `${encoder}; ${preprocessing}`,
    },
    {
      label: t("facts.manifest"),
      value: manifest?.slice(0, 16) ?? UNKNOWN,
      meaning: manifest ?? undefined,
      isCode: true,
      translate: "no",
    },
    { label: t("facts.added"), value: format.day(createdAt), translate: "no" },
  ];
  return (
    <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
      {facts.map(({ label, value, meaning, isCode, translate }) => (
        <div key={label} className="min-w-0">
          <dt className="text-muted text-xs">
            {label}
            {meaning && (
              <Explain about={label}>
                <span className="break-all" translate="no">
                  {meaning}
                </span>
              </Explain>
            )}
          </dt>
          <dd
            translate={translate}
            className={`mt-0.5 text-sm break-words tabular-nums ${isCode ? "font-mono text-xs" : ""}`}
          >
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** How videos play, and how much of each is read. */
function timesOf(
  t: Translations,
  format: Format,
  { frames, rates, seconds }: NonNullable<ReferenceSetView["videos"]>,
): Fact[] {
  const saysSo = Object.keys(rates).length > 0;
  return [
    { label: t("facts.framesRead"), value: t("facts.first", { n: frames }) },
    {
      label: t("facts.frameRate"),
      value: saysSo ? histogram(t, format, rates) : t("facts.notSaid"),
    },
    { label: t("facts.seconds"), value: seconds ? spread(t, format, seconds) : t("facts.notSaid") },
  ];
}

function spread(
  t: Translations,
  format: Format,
  { least, median, most }: { least: number; median: number; most: number },
): string {
  if (least === most) return tenths(format, least);
  return t("facts.spread", {
    least: tenths(format, least),
    most: tenths(format, most),
    median: tenths(format, median),
  });
}

/** 0.25, 3, 12.5: no more decimals than it has. */
function tenths(format: Format, seconds: number): string {
  const shown = Number(seconds.toFixed(seconds < 1 ? 2 : 1));
  return format.fixed(shown, String(shown).split(".")[1]?.length ?? 0);
}

/** "64x64 (990), 32x32 (10)"; statistics alone say nothing of images. */
function histogram(t: Translations, format: Format, counts: Record<string, number> | null): string {
  if (counts === null) return t("facts.notKnown");
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (entries.length === 1) return entries[0][0];
  const shown = entries.slice(0, 3).map(([value, n]) => `${value} (${format.count(n)})`);
  const values = shown.join(", ");
  return entries.length > 3 ? t("facts.andMore", { values, n: entries.length - 3 }) : values;
}
