import type { Metadata } from "next";
import Link from "next/link";
import { cache, type ReactNode } from "react";
import { currentVoter } from "@/app/current-voter";
import { orNotFound } from "@/app/or-not-found";
import {
  count,
  counted,
  day,
  dollars,
  duration,
  percent,
  points,
  rankSpread,
  yesNo,
} from "@/components/format";
import { MetricFigure } from "@/components/leaderboard/metric-figure";
import { metricNames } from "@/components/leaderboard/metric-names";
import { Gallery } from "@/components/models/gallery";
import { HeadToHead } from "@/components/models/head-to-head";
import { ModelCard } from "@/components/models/model-card";
import { KeptOffNote } from "@/components/models/kept-off-note";
import { ModelControls } from "@/components/models/model-controls";
import { OwnPrompts } from "@/components/models/own-prompts";
import { SampleImage } from "@/components/sample-image";
import { RatingHistoryPlot } from "@/components/plots/rating-history";
import { FilesBadge } from "@/components/runs/files-badge";
import { RunList } from "@/components/runs/run-list";
import { VisitorMark } from "@/components/visitor-mark";
import { SalonError } from "@/lib/errors";
import { readModel } from "@/lib/pages/read-model";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";
import type { ModelView } from "@/lib/schemas/views";
import { readModelCard } from "@/lib/demos/read-model-card";

export const dynamic = "force-dynamic";

/** Images above the facts: what a visitor came to see. */
const STRIP = 6;

type Props = PageProps<"/models/[slug]">;

/** Once a request, for the page and its metadata; null: the operator hid the model. */
const read = cache(async (slug: string) => {
  const voterId = await currentVoter();
  try {
    return await orNotFound(readModel({ slug, voterId }));
  } catch (error) {
    if (error instanceof SalonError && error.code === "hidden") return null;
    throw error;
  }
});

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const model = await read((await params).slug);
  if (model === null) return { title: "Hidden model", robots: { index: false } };
  const description =
    model.description || `${model.name} by ${model.creator}: images, rating, head-to-head and measurements.`;
  return { title: model.name, description, openGraph: { title: `${model.name} · Salon`, description } };
}

export default async function ModelPage({ params }: Props) {
  const model = await read((await params).slug);
  if (model === null) return <HiddenModel />;
  const { row } = model;
  const bundled = await readModelCard(model.slug);
  const stack: [string, string | null][] = [
    ["Paradigm", model.paradigm],
    ["Architecture", model.architecture],
    ["Representation", model.representation],
    ["Text conditioning", model.textConditioning],
  ];
  const facts: [string, string][] = [
    ["Released", day(model.released)],
    ["Open weights", yesNo(model.openWeights)],
    ["Per 1k images", dollars(model.pricePerImageUsd === null ? null : model.pricePerImageUsd * 1000)],
    ["Per megapixel", dollars(row?.pricePerMegapixelUsd)],
    ["Median latency", duration(row?.medianLatencyMs)],
  ];
  return (
    <article className="page pt-10 sm:pt-14">
      <header className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_auto] lg:items-end">
        <div>
          <p className="eyebrow">
            {model.board ? (
              <Link href={`/leaderboard/${model.board.slug}`} className="hover:text-ink">
                {model.board.name}
              </Link>
            ) : (
              "On no board"
            )}
            {!model.listed && ` · ${offBoard(model)}`}
          </p>
          <h1 className="mt-2 text-4xl sm:text-5xl">{model.name}</h1>
          <p className="text-muted mt-2 text-lg">
            by {model.creator} <VisitorMark submittedBy={model.submittedBy} />
          </p>
          {model.description && <p className="mt-5 max-w-2xl leading-relaxed">{model.description}</p>}
          <KeptOffNote keptOff={model.keptOff} />
          {model.own && <ModelControls slug={model.slug} name={model.name} listed={model.listed} />}
          {model.ownPrompts && <OwnPrompts slug={model.slug} {...model.ownPrompts} />}
        </div>
        <dl className="flex flex-wrap gap-x-10 gap-y-4">
          <Figure label="Rank" value={rankSpread(row?.rankLow ?? null, row?.rankHigh ?? null)} />
          <Figure
            label="Rating"
            value={points(row?.rating)}
            note={
              typeof row?.ratingLow !== "number"
                ? undefined
                : `${points(row.ratingLow)} to ${points(row.ratingHigh)}`
            }
          />
          <Figure label="Elo" value={points(row?.elo)} />
          <Figure
            label="Votes"
            value={count(row?.votes ?? 0)}
            note={typeof row?.winRate !== "number" ? undefined : `wins ${percent(row.winRate)}`}
          />
        </dl>
      </header>

      {model.samples.length > 0 && (
        <ul className="mt-10 grid grid-cols-3 gap-2 sm:grid-cols-6 sm:gap-3" aria-label="Some of its images">
          {model.samples.slice(0, STRIP).map((sample) => (
            <li key={sample.sampleId} className="frame" title={sample.prompt}>
              <SampleImage src={sample.url} prompt={sample.prompt} eager />
            </li>
          ))}
        </ul>
      )}

      <div className="mt-12 grid gap-x-14 gap-y-10 md:grid-cols-3">
        <Facts title="How it is built" rows={stack.map(([label, value]) => [label, value ?? "–"])} />
        <Facts title="Terms" rows={facts} />
        <section>
          <h2 className="text-xl">Measured</h2>
          <dl className="border-line mt-3 border-t">
            {metricNames([model]).map((name) => (
              <div
                key={name}
                className="border-line flex items-baseline justify-between gap-4 border-b py-2.5"
              >
                <dt className="text-muted text-sm" title={describeMetric(name).meaning}>
                  {describeMetric(name).label}
                </dt>
                <dd className="text-right">
                  <MetricFigure name={name} metric={model.metrics[name]} />
                </dd>
              </div>
            ))}
          </dl>
          {model.bestRun && (
            <p className="mt-3 text-sm">
              <Link href={`/runs/${model.bestRun.runId}`} className="link">
                The run they are of
              </Link>{" "}
              <FilesBadge files={model.bestRun.files} runId={model.bestRun.runId} always />
            </p>
          )}
        </section>
      </div>

      <Section title="Images" note={counted(model.samples.length, "prompt")}>
        {model.listed && (
          <p className="text-muted -mt-2 mb-5 max-w-2xl text-sm">
            Images of prompts that are in the arena are left out, so that no side of a battle can be looked up
            before the vote.
          </p>
        )}
        <Gallery samples={model.samples} />
      </Section>
      {bundled && (
        <Section title="Model card">
          <ModelCard {...bundled} />
        </Section>
      )}
      <Section title="Head to head">
        <HeadToHead rows={model.headToHead} />
      </Section>
      <Section title="Rating history">
        <RatingHistoryPlot
          height={260}
          points={model.history.map((point) => ({ ...point, model: model.slug, name: model.name }))}
        />
      </Section>
      <Section title="Runs">
        {model.runs.length === 0 ? (
          <p className="text-muted">No run yet.</p>
        ) : (
          <RunList runs={model.runs} showModel={false} />
        )}
      </Section>
    </article>
  );
}

/** Why a model that its reader may see is not on the board. */
function offBoard({ keptOff, own }: Pick<ModelView, "keptOff" | "own">): string {
  if (keptOff?.why === "hidden") return "hidden by the operator of this site";
  return own ? "private, shown to its submitter only" : "not on the board yet";
}

function HiddenModel() {
  return (
    <div className="page py-24 text-center">
      <h1 className="text-3xl">This model was hidden</h1>
      <p className="text-muted mx-auto mt-3 max-w-md">
        The operator of this site took it out of the arena and off the board. Votes on it stay in the log;
        rankings are made without it.
      </p>
      <Link className="button-primary mt-8 inline-flex" href="/leaderboard">
        See the leaderboard
      </Link>
    </div>
  );
}

function Section({ title, note, children }: { title: string; note?: string; children: ReactNode }) {
  return (
    <section className="mt-16">
      <h2 className="mb-5 flex items-baseline justify-between gap-4 text-2xl">
        {title}
        {note && <span className="text-muted font-sans text-sm">{note}</span>}
      </h2>
      {children}
    </section>
  );
}

function Figure({ label, value, note }: { label: string; value: string; note?: string }) {
  return (
    <div>
      <dt className="text-muted text-sm">{label}</dt>
      <dd className="font-serif text-3xl tabular-nums">{value}</dd>
      <dd className="text-muted min-h-4 text-xs tabular-nums">{note}</dd>
    </div>
  );
}

function Facts({ title, rows }: { title: string; rows: [string, string][] }) {
  return (
    <section>
      <h2 className="text-xl">{title}</h2>
      <dl className="border-line mt-3 border-t">
        {rows.map(([label, value]) => (
          <div key={label} className="border-line flex justify-between gap-6 border-b py-2.5">
            <dt className="text-muted text-sm">{label}</dt>
            <dd className="text-right text-[0.9375rem]">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
