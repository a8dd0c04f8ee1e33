import "katex/dist/katex.min.css";
import type { Metadata } from "next";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { Fragment } from "react";
import { JUDGE_SECTIONS } from "@/components/methods/judge-sections";
import { LIMIT_SECTIONS } from "@/components/methods/limit-sections";
import { METRIC_SECTIONS } from "@/components/methods/metric-sections";
import { PUBLISHED_SECTIONS } from "@/components/methods/published-sections";
import { RATING_SECTIONS } from "@/components/methods/rating-sections";
import { REFERENCE_SECTIONS } from "@/components/methods/reference-sections";
import { VIDEO_SECTIONS } from "@/components/methods/video-sections";
import { VOTE_SECTIONS } from "@/components/methods/vote-sections";
import { useFormat } from "@/components/use-format";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("methods.page");
  return { title: t("title"), description: t("description") };
}

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
  const [t, sections, format] = [
    useTranslations("methods.page"),
    useTranslations("methods.sections"),
    useFormat(),
  ];
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-x-16 pt-10 sm:pt-14 lg:grid-cols-[12rem_minmax(0,1fr)]">
      <nav aria-label={t("onThisPage")} className="hidden lg:block">
        <ul className="sticky top-24 grid gap-2 text-sm">
          {SECTIONS.map(({ id }) => (
            <li key={id}>
              <a href={`#${id}`} className="text-muted hover:text-ink">
                {sections(`${id}.title`)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <article className="prose-salon">
        <h1 className="text-4xl sm:text-5xl">{t("title")}</h1>
        <p className="text-muted mt-4 text-lg">{t("lead")}</p>
        <ul>
          <li>{t("shortVotes")}</li>
          <li>{t("shortRanks")}</li>
          <li>{t("shortFiles")}</li>
          <li>{t("shortJudges")}</li>
          <li>{t("shortFailed")}</li>
        </ul>
        {SECTIONS.map(({ id, body }) => (
          <Fragment key={id}>
            <h2 id={id}>{sections(`${id}.title`)}</h2>
            {body(sections, format)}
          </Fragment>
        ))}
      </article>
    </div>
  );
}
