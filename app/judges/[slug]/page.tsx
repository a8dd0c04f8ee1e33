import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { currentAsker } from "@/app/page-access";
import { orNotFound } from "@/app/or-not-found";
import { pageFormat } from "@/app/page-format";
import { ReportCard } from "@/components/judges/report-card";
import { readJudgeBars } from "@/lib/judges/grading/judge-bars";
import { readJudgeReport } from "@/lib/judges/read-judge-report";

export const dynamic = "force-dynamic";

/** Once a request, for the page and its metadata. */
const read = cache(async (slug: string) => {
  return orNotFound(readJudgeReport({ slug, ...(await currentAsker()) }));
});

type Props = PageProps<"/judges/[slug]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const judge = await read((await params).slug);
  const t = await getTranslations("judges.report");
  return { title: judge.name, description: t("description", { name: judge.name }) };
}

export default async function JudgePage({ params }: Props) {
  const judge = await read((await params).slug);
  const [t, { moment }] = await Promise.all([getTranslations("judges"), pageFormat()]);
  return (
    <div className="page pt-10 sm:pt-14">
      <p className="text-sm">
        <Link href="/judges" className="link">
          {t("title")}
        </Link>
      </p>
      <h1 className="mt-2 text-4xl break-words" translate="no">
        {judge.name}
      </h1>
      <p className="text-muted mt-2 text-sm break-words">
        {t("by", { creator: judge.creator })}
        {judge.providerModel && <span translate="no"> · {judge.providerModel}</span>}
        {judge.bundled && ` · ${t("bundledWith")}`}
      </p>
      <p className="text-muted mt-4 max-w-2xl">
        {t("report.about")}
        {judge.gradedAt && ` ${t("report.graded", { at: moment(judge.gradedAt) })}`}
      </p>
      {judge.reports.length === 0 ? (
        <div className="card mt-10 p-12 text-center">
          <p className="text-muted mx-auto max-w-md">
            {t(judge.gradedAt === null ? "report.ungraded" : "report.noPairs")}
          </p>
          <Link href="/judges" className="button-quiet mt-5 inline-block">
            {t("report.howFar")}
          </Link>
        </div>
      ) : (
        judge.reports.map((report) => (
          <ReportCard key={report.board.slug} report={report} bars={readJudgeBars()} />
        ))
      )}
    </div>
  );
}
