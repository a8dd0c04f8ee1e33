import type { Metadata } from "next";
import Link from "next/link";
import { cache } from "react";
import { currentAsker } from "@/app/page-access";
import { orNotFound } from "@/app/or-not-found";
import { moment } from "@/components/format";
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
  return { title: judge.name, description: `How far the verdicts of ${judge.name} can be trusted.` };
}

export default async function JudgePage({ params }: Props) {
  const judge = await read((await params).slug);
  return (
    <div className="page pt-10 sm:pt-14">
      <p className="text-sm">
        <Link href="/judges" className="link">
          Judges
        </Link>
      </p>
      <h1 className="mt-2 text-4xl break-words">{judge.name}</h1>
      <p className="text-muted mt-2 text-sm break-words">
        by {judge.creator}
        {judge.providerModel && ` · ${judge.providerModel}`}
        {judge.bundled && " · bundled with Salon"}
      </p>
      <p className="text-muted mt-4 max-w-2xl">
        How far this judge can be trusted, measured here: beside people&apos;s votes on the same images,
        against itself with the images the other way round, and on canaries, images that must not win. Dots
        are estimates on their 95% intervals; red lines are bars. A judge whose whole interval lies beyond one
        is demoted, and goes on judging.
        {judge.gradedAt && ` Graded ${moment(judge.gradedAt)}.`}
      </p>
      {judge.reports.length === 0 ? (
        <div className="card mt-10 p-12 text-center">
          <p className="text-muted mx-auto max-w-md">
            {judge.gradedAt === null
              ? "It has not been graded yet: that follows its first verdicts on pairs."
              : "It judges no pairs, so there is nothing to set beside people's votes."}
          </p>
          <Link href="/judges" className="button-quiet mt-5 inline-block">
            How far it is
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
