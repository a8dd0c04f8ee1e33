import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { exploreAddress, gradeText, missingText, pairAddress } from "@/components/explorer/explorer-text";
import { UNKNOWN } from "@/components/format";
import { kindOf } from "@/components/leaderboard/page-text";
import { SampleImage } from "@/components/sample-image";
import { useFormat } from "@/components/use-format";
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
  const t = useTranslations("explorer");
  const { prompt, samples, disputes, next } = found;
  return (
    <section aria-labelledby="by-models" className="min-w-0">
      <h2 id="by-models" className="text-2xl break-words" translate="no">
        {prompt.text}
      </h2>
      <p className="text-muted mt-2 text-sm">
        <span translate="no">{prompt.category}</span>
        {only && (
          <>
            {" · "}
            {t(`marks.${only}.only`)}{" "}
            <Link className="link" href={exploreAddress(board.slug, { ...query, only: null })}>
              {t("samples.showAll")}
            </Link>
          </>
        )}
      </p>
      {samples.length === 0 ? (
        <p className="card text-muted mt-5 p-8 text-center">
          {only ? t("samples.noneMarked") : t("samples.noModel")}
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
      <nav aria-label={t("samples.pages")} className="mt-6 flex flex-wrap gap-x-6 gap-y-2 text-sm">
        {!isFirst && (
          <Link className="link" href={exploreAddress(board.slug, query)}>
            {t("samples.first")}
          </Link>
        )}
        {next !== null && (
          <Link className="link" href={exploreAddress(board.slug, { ...query, from: next })}>
            {t("samples.next")}
          </Link>
        )}
      </nav>
      <Disputes board={board} disputes={disputes} />
    </section>
  );
}

function Shown({ sample, prompt, isVideo }: { sample: ExploredSample; prompt: string; isVideo: boolean }) {
  const t = useTranslations("explorer");
  const viewer = useTranslations("viewer");
  const { model, rank, image, marks } = sample;
  const named = viewer("by", { prompt, model: model.name });
  return (
    <>
      <div className="frame [--frame-padding:5px]">
        {image === null ? (
          <p className="bg-sunk text-muted grid aspect-square place-items-center p-3 text-center text-xs">
            {missingText(t, sample, { isVideo })}
          </p>
        ) : isVideo ? (
          <a href={image} aria-label={t("samples.play", { sample: named })}>
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
            {t.rich("samples.rank", {
              rank,
              label: (chunks) => <span className="sr-only">{chunks}</span>,
            })}{" "}
          </span>
        )}
        <Link href={`/models/${model.slug}`} className="hover:text-accent" translate="no">
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
              {t(`marks.${mark}.label`)}
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
  const t = useTranslations("explorer");
  const format = useFormat();
  const facts: [string, string][] = [
    ...(grade === null ? [] : [[t("samples.grader"), gradeText(t, grade)] as [string, string]]),
    ...judges.map(({ judge, rubric, score }): [string, string] => [
      t("samples.judge", { judge, rubric }),
      score === null ? t("samples.noVerdict") : format.fixed(score, 2),
    ]),
    ...(latencyMs === null ? [] : [[t("samples.time"), format.duration(latencyMs)] as [string, string]]),
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
  const t = useTranslations("explorer.disputes");
  const { percent } = useFormat();
  if (disputes.length === 0) return null;
  return (
    <section aria-labelledby="disputes" className="mt-12">
      <h3 id="disputes" className="text-xl">
        {t("title")}
      </h3>
      <p className="text-muted mt-2 max-w-2xl text-sm">{t("about", kindOf(board))}</p>
      <ul className="mt-3 grid gap-3 text-sm">
        {disputes.map(({ people, judges, judge, preference, votes }) => (
          <li
            key={`${people.slug} ${judges.slug} ${judge}`}
            className="border-line flex flex-wrap gap-x-4 gap-y-1 border-t pt-3"
          >
            <span className="min-w-0 break-words">
              {t.rich("one", {
                people: people.name,
                votesFor: votes.for,
                votesAgainst: votes.against,
                even: votes.even,
                judge,
                judges: judges.name,
                share: percent(preference),
                strong: (chunks) => <strong className="font-medium">{chunks}</strong>,
              })}
            </span>
            <Link className="link" href={pairAddress(board.slug, people.slug, judges.slug)}>
              {t("votes")}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
