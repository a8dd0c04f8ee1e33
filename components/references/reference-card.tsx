"use client";

import { Download, Trash2 } from "lucide-react";
import { Explain } from "@/components/explain";
import { Confirm } from "@/components/confirm";
import { count, day } from "@/components/format";
import { VisitorMark } from "@/components/visitor-mark";
import { referenceFailureText } from "@/components/references/failure-text";
import { Examples } from "@/components/references/examples";
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
  const { id, name, state, failedFor, scoresDistance, scoresSamples, own, examples } = reference;
  return (
    <article className="card p-5" aria-labelledby={`reference-${id}`}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id={`reference-${id}`} className="min-w-0 text-xl break-words">
          {name} {!own && <VisitorMark submittedBy={reference.submittedBy} />}
        </h2>
        <p className="flex flex-wrap gap-2 text-xs">
          {scoresDistance && (
            <span className="bg-accent-soft text-accent rounded-full px-2.5 py-1">scores distances</span>
          )}
          {scoresSamples && (
            <span className="bg-accent-soft text-accent rounded-full px-2.5 py-1">
              compared sample by sample
            </span>
          )}
          {own && <span className="bg-sunk rounded-full px-2.5 py-1">yours</span>}
        </p>
      </div>
      {state === "BUILDING" && <Building reference={reference} />}
      {state === "FAILED" && (
        <p className="bg-alarm-soft text-alarm mt-3 rounded-md px-4 py-3 text-sm break-words">
          {failedFor === null ? "It could not be built." : referenceFailureText(failedFor)}
        </p>
      )}
      {state === "READY" && (scoresDistance || scoresSamples) && !reference.isEncoderHere && (
        <p className="bg-alarm-soft text-alarm mt-3 rounded-md px-4 py-3 text-sm break-words">
          Its encoder is not installed here with these weights and this preprocessing, so no run is scored
          with it. <code>salon encoders list</code> shows what is.
        </p>
      )}
      {state === "READY" && <Facts reference={reference} />}
      {examples.length > 0 && <Examples reference={reference} />}
      <div className="mt-4 flex flex-wrap items-center gap-3 text-sm">
        {state === "READY" && (
          <span className="inline-flex items-center gap-1">
            <a className="button-quiet button-small" href={`/api/v1/references/${id}/statistics`} download>
              <Download className="size-4" aria-hidden="true" /> Statistics (.npz)
            </a>
            <Explain about="statistics">mu and sigma, as pytorch-fid&apos;s tools read them.</Explain>
          </span>
        )}
        {onUse && state === "READY" && !scoresDistance && (
          <Confirm
            label="Use for scores"
            ask="Runs are scored with it from then on, instead of the set in use under its encoder, and published runs are examined anew."
            go="Use it"
            onGo={() => onUse("use")}
          />
        )}
        {onUse && (scoresDistance || scoresSamples) && (
          <Confirm
            label="Retire"
            ask="No run is scored with it from then on. Scores that are there stay."
            go="Retire it"
            onGo={() => onUse("retire")}
          />
        )}
        {own && (
          <Confirm
            label={
              <>
                <Trash2 className="size-4" aria-hidden="true" /> Remove
              </>
            }
            ask={`${name} is removed for good.`}
            go="Remove it"
            onGo={onRemove}
          />
        )}
      </div>
    </article>
  );
}

function Building({ reference: { done, total, samples } }: { reference: ReferenceSetView }) {
  const share = total ? Math.min(1, done / total) : 0;
  return (
    <div className="mt-3">
      <p className="text-muted text-sm tabular-nums" role="status">
        {total === null
          ? "Waiting for a worker."
          : done < total
            ? `${count(done)} of ${count(total)} ${samples} read`
            : "Summing up."}
      </p>
      <div
        role="progressbar"
        aria-label={samples === "videos" ? "Videos read" : "Images read"}
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

function Facts({ reference }: { reference: ReferenceSetView }) {
  const { n, resolutions, formats, videos, encoder, preprocessing, dimension, manifest, createdAt } =
    reference;
  const facts: [string, string, string?][] = [
    [reference.samples === "videos" ? "Videos" : "Images", n === null ? "not said" : count(n)],
    ["Pixels", histogram(resolutions)],
    ["Coding", histogram(formats)],
    ...(videos ? timesOf(videos) : []),
    ["Encoder", `${encoder.split("@")[0]}, ${dimension} features`, `${encoder}; ${preprocessing}`],
    ["Manifest", manifest?.slice(0, 16) ?? "–", manifest ?? undefined],
    ["Added", day(createdAt)],
  ];
  return (
    <dl className="mt-4 grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-6">
      {facts.map(([label, value, title]) => (
        <div key={label} className="min-w-0">
          <dt className="text-muted text-xs">
            {label}
            {title && (
              <Explain about={label}>
                <span className="break-all">{title}</span>
              </Explain>
            )}
          </dt>
          <dd
            className={`mt-0.5 text-sm break-words tabular-nums ${label === "Manifest" ? "font-mono text-xs" : ""}`}
          >
            {value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** How videos play, and how much of each is read. */
function timesOf({ frames, rates, seconds }: NonNullable<ReferenceSetView["videos"]>): [string, string][] {
  const saysSo = Object.keys(rates).length > 0;
  return [
    ["Frames read", `the first ${count(frames)}`],
    ["Frames a second", saysSo ? histogram(rates) : "not said"],
    ["Seconds", seconds ? spread(seconds) : "not said"],
  ];
}

const spread = ({ least, median, most }: { least: number; median: number; most: number }) =>
  least === most ? tenths(least) : `${tenths(least)} to ${tenths(most)}, median ${tenths(median)}`;

const tenths = (seconds: number) => String(Number(seconds.toFixed(seconds < 1 ? 2 : 1)));

/** "64x64 (990), 32x32 (10)"; statistics alone say nothing of images. */
function histogram(counts: Record<string, number> | null): string {
  if (counts === null) return "not known";
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (entries.length === 1) return entries[0][0];
  const shown = entries.slice(0, 3).map(([value, n]) => `${value} (${count(n)})`);
  return entries.length > 3 ? `${shown.join(", ")} and ${entries.length - 3} more` : shown.join(", ");
}
