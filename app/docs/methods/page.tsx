import "katex/dist/katex.min.css";
import type { Metadata } from "next";
import { Fragment } from "react";
import { JUDGE_SECTIONS } from "@/components/methods/judge-sections";
import { LIMIT_SECTIONS } from "@/components/methods/limit-sections";
import { METRIC_SECTIONS } from "@/components/methods/metric-sections";
import { PUBLISHED_SECTIONS } from "@/components/methods/published-sections";
import { RATING_SECTIONS } from "@/components/methods/rating-sections";
import { REFERENCE_SECTIONS } from "@/components/methods/reference-sections";
import { VIDEO_SECTIONS } from "@/components/methods/video-sections";
import { VOTE_SECTIONS } from "@/components/methods/vote-sections";

export const metadata: Metadata = {
  title: "How it is measured",
  description: "Ratings, intervals, rank spreads, distances, judges, videos and how pairs are chosen.",
};

const SECTIONS = [
  ...VOTE_SECTIONS,
  ...RATING_SECTIONS,
  ...METRIC_SECTIONS,
  ...VIDEO_SECTIONS,
  ...JUDGE_SECTIONS,
  ...LIMIT_SECTIONS,
  ...PUBLISHED_SECTIONS,
  ...REFERENCE_SECTIONS,
];

export default function MethodsPage() {
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-x-16 pt-10 sm:pt-14 lg:grid-cols-[12rem_minmax(0,1fr)]">
      <nav aria-label="On this page" className="hidden lg:block">
        <ul className="sticky top-24 grid gap-2 text-sm">
          {SECTIONS.map(({ id, title }) => (
            <li key={id}>
              <a href={`#${id}`} className="text-muted hover:text-ink">
                {title}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <article className="prose-salon">
        <h1 className="text-4xl sm:text-5xl">How it is measured</h1>
        <p className="text-muted mt-4 text-lg">
          Every number on Salon comes with what it was counted from. In short:
        </p>
        <ul>
          <li>People vote on blind pairs. The ranking is a Bradley-Terry fit of all counted votes.</li>
          <li>A rank such as 2–4 holds every rank that the votes cannot exclude; intervals are 95%.</li>
          <li>
            Distances and grades are computed from the files, with n and an interval, under a named protocol.
          </li>
          <li>Judges, models that look at images, have columns of their own and never enter the votes.</li>
          <li>What failed is missing, never zero; numbers of different protocols are never compared.</li>
        </ul>
        {SECTIONS.map(({ id, title, body }) => (
          <Fragment key={id}>
            <h2 id={id}>{title}</h2>
            {body}
          </Fragment>
        ))}
      </article>
    </div>
  );
}
