import type { Metadata } from "next";
import { Fragment } from "react";
import { LIMIT_SECTIONS } from "@/components/methods/limit-sections";
import { METRIC_SECTIONS } from "@/components/methods/metric-sections";
import { PUBLISHED_SECTIONS } from "@/components/methods/published-sections";
import { RATING_SECTIONS } from "@/components/methods/rating-sections";
import { VOTE_SECTIONS } from "@/components/methods/vote-sections";

export const metadata: Metadata = {
  title: "How it is measured",
  description: "Ratings, intervals, rank spreads, FD-toybox, alignment and how pairs are chosen.",
};

const SECTIONS = [
  ...VOTE_SECTIONS,
  ...RATING_SECTIONS,
  ...METRIC_SECTIONS,
  ...LIMIT_SECTIONS,
  ...PUBLISHED_SECTIONS,
];

export default function MethodsPage() {
  return (
    <div className="page grid gap-x-16 pt-10 sm:pt-14 lg:grid-cols-[12rem_minmax(0,1fr)]">
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
          Every number on Salon comes with what it was counted from. This page says how, and where a number
          should not be trusted further.
        </p>
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
