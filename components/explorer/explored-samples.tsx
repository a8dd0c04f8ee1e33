import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import {
  exploreAddress,
  gradeText,
  MARK_LABELS,
  missingText,
  pairAddress,
} from "@/components/explorer/explorer-text";
import { counted, duration, percent, UNKNOWN } from "@/components/format";
import { SampleImage } from "@/components/sample-image";
import { samplesWord } from "@/components/sample-word";
import { ImageViewer } from "@/components/viewer/image-viewer";
import { viewedImages } from "@/components/viewer/viewed-images";
import type { ExploredPrompt, ExploredSample } from "@/lib/schemas/explorer";
import type { SampleMark } from "@/lib/schemas/sample-marks";
import { withQuery } from "@/lib/schemas/sample-address";

interface Props {
  board: { slug: string; isVideo: boolean };
  found: ExploredPrompt;
  only?: SampleMark;
  /** The query that leads here, without the place in the list of models. */
  query: Record<string, string | number | null | undefined>;
  isFirst: boolean;
}

/** One prompt by a board's models, best ranked first. */
export function ExploredSamples({ board, found, only, query, isFirst }: Props) {
  const { prompt, samples, disputes, next } = found;
  return (
    <section aria-labelledby="by-models" className="min-w-0">
      <h2 id="by-models" className="text-2xl break-words">
        {prompt.text}
      </h2>
      <p className="text-muted mt-2 text-sm">
        {prompt.category}
        {only && (
          <>
            {" · only: "}
            {MARK_LABELS[only].toLowerCase()}.{" "}
            <Link className="link" href={exploreAddress(board.slug, { ...query, only: null })}>
              Show all models
            </Link>
          </>
        )}
      </p>
      {samples.length === 0 ? (
        <p className="card text-muted mt-5 p-8 text-center">
          {only ? "No model has such a sample of this prompt." : "No model is on this board yet."}
        </p>
      ) : (
        <ul className="mt-5 grid grid-cols-2 gap-x-4 gap-y-7 md:grid-cols-3 xl:grid-cols-4">
          {samples.map((sample) => (
            <li key={sample.model.slug} className="min-w-0">
              <Shown sample={sample} prompt={prompt.text} isVideo={board.isVideo} />
            </li>
          ))}
        </ul>
      )}
      <nav aria-label="Pages of models" className="mt-6 flex flex-wrap gap-x-6 gap-y-2 text-sm">
        {!isFirst && (
          <Link className="link" href={exploreAddress(board.slug, query)}>
            First models
          </Link>
        )}
        {next !== null && (
          <Link className="link" href={exploreAddress(board.slug, { ...query, from: next })}>
            Next models
          </Link>
        )}
      </nav>
      <Disputes board={board} disputes={disputes} />
    </section>
  );
}

function Shown({ sample, prompt, isVideo }: { sample: ExploredSample; prompt: string; isVideo: boolean }) {
  const { model, rank, image, marks } = sample;
  const named = `${prompt}, by ${model.name}`;
  return (
    <>
      <div className="frame [--frame-padding:5px]">
        {image === null ? (
          <p className="bg-sunk text-muted grid aspect-square place-items-center p-3 text-center text-xs">
            {missingText(sample, { isVideo })}
          </p>
        ) : isVideo ? (
          <a href={image} aria-label={`Play: ${named}`}>
            <SampleImage src={withQuery(image, "size=still")} prompt={named} />
          </a>
        ) : (
          <ImageViewer title={named} images={viewedImages([], [{ url: image, label: model.name }])}>
            <SampleImage src={image} prompt={named} />
          </ImageViewer>
        )}
      </div>
      <h3 className="mt-2 font-sans text-sm leading-snug break-words">
        {rank !== null && (
          <span className="text-muted">
            <span className="sr-only">Rank </span>
            {rank}{" "}
          </span>
        )}
        <Link href={`/models/${model.slug}`} className="hover:text-accent">
          {model.name}
        </Link>
      </h3>
      {marks.length > 0 && (
        <ul className="mt-1 grid gap-1">
          {marks.map((mark) => (
            <li
              key={mark}
              className="bg-alarm-soft text-alarm flex w-fit items-start gap-1 rounded px-1.5 py-0.5 text-xs"
            >
              <TriangleAlert className="mt-0.5 size-3 shrink-0" aria-hidden="true" />
              {MARK_LABELS[mark]}
            </li>
          ))}
        </ul>
      )}
      <Facts sample={sample} />
    </>
  );
}

/** What is known of the sample itself: nothing where it is not there. */
function Facts({ sample: { grade, judges, latencyMs } }: { sample: ExploredSample }) {
  const facts: [string, string][] = [
    ...(grade === null ? [] : [["Grader", gradeText(grade)] as [string, string]]),
    ...judges.map(({ judge, rubric, score }): [string, string] => [
      `${judge}, ${rubric}`,
      score === null ? "no verdict" : score.toFixed(2),
    ]),
    ...(latencyMs === null ? [] : [["Time", duration(latencyMs)] as [string, string]]),
  ];
  if (facts.length === 0) return null;
  return (
    <dl className="text-muted mt-1.5 grid gap-0.5 text-xs">
      {facts.map(([label, value]) => (
        <div key={label} className="flex flex-wrap gap-x-1.5 break-words">
          <dt>{label}</dt>
          <dd className="text-ink tabular-nums">{value || UNKNOWN}</dd>
        </div>
      ))}
    </dl>
  );
}

/** Where counted votes and a judge order two of these samples otherwise. */
function Disputes({ board, disputes }: { board: Props["board"]; disputes: ExploredPrompt["disputes"] }) {
  if (disputes.length === 0) return null;
  return (
    <section aria-labelledby="disputes" className="mt-12">
      <h3 id="disputes" className="text-xl">
        Where people and a judge disagree
      </h3>
      <p className="text-muted mt-2 max-w-2xl text-sm">
        Two {samplesWord(board)} of this prompt that counted votes and a judge order differently. The judge’s
        share is how far it prefers its choice, over the orders it was shown.
      </p>
      <ul className="mt-3 grid gap-3 text-sm">
        {disputes.map(({ people, judges, judge, preference, votes }) => (
          <li
            key={`${people.slug} ${judges.slug} ${judge}`}
            className="border-line flex flex-wrap gap-x-4 gap-y-1 border-t pt-3"
          >
            <span className="min-w-0 break-words">
              People prefer <strong className="font-medium">{people.name}</strong>: {votes.for} to{" "}
              {counted(votes.against, "vote")}
              {votes.even > 0 && `, ${votes.even} even`}. {judge} prefers{" "}
              <strong className="font-medium">{judges.name}</strong>: {percent(preference)}.
            </span>
            <Link className="link" href={pairAddress(board.slug, people.slug, judges.slug)}>
              Votes between the two
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
