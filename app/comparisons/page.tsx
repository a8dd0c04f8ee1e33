import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { currentVoter } from "@/app/current-voter";
import { pageFormat } from "@/app/page-format";
import { listComparisons } from "@/lib/comparisons/list-comparisons";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("comparisons.list");
  return { title: t("title"), description: t("description") };
}

export default async function ComparisonsPage() {
  const [t, { day }] = await Promise.all([getTranslations("comparisons.list"), pageFormat()]);
  const comparisons = await listComparisons({ voterId: await currentVoter() });
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("heading")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("about")}</p>
      {comparisons.length === 0 ? (
        <p className="card text-muted mt-10 p-8 text-center">
          {t.rich("none", {
            link: (chunks) => (
              <Link className="link" href="/runs">
                {chunks}
              </Link>
            ),
          })}
        </p>
      ) : (
        <ul className="border-line mt-10 border-t">
          {comparisons.map(({ comparisonId, name, runs, votes, voters, archived, createdAt }) => (
            <li key={comparisonId} className="border-line border-b py-4">
              <Link
                className="hover:text-accent font-serif text-xl break-words"
                href={`/comparisons/${comparisonId}`}
                translate="no"
              >
                {name}
              </Link>
              <p className="text-muted mt-1 text-sm break-words" translate="no">
                {runs.map((run) => run.name).join(" · ")}
              </p>
              <p className="text-muted mt-1 text-xs tabular-nums">
                {t("row", { votes, voters, day: day(createdAt), archived: archived ? "yes" : "no" })}
              </p>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
