import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { currentAsker } from "@/app/page-access";
import { orNotFound } from "@/app/or-not-found";
import { counting, single } from "@/app/search";
import { ChecklistCard } from "@/components/judges/checklist-card";
import { QuestionSets } from "@/components/judges/question-sets";
import { listQuestionSets, readQuestions } from "@/lib/judges/checklists/read-questions";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("judges.questions");
  return { title: t("title"), description: t("description") };
}

export default async function QuestionsPage({ searchParams }: PageProps<"/judges/questions">) {
  const t = await getTranslations("judges");
  const query = await searchParams;
  const set = single(query.set);
  const version = single(query.version);
  const sets = await listQuestionSets();
  const shown = set ?? sets[0]?.promptSet;
  const number =
    version === undefined ? sets.find(({ promptSet }) => promptSet === shown)?.version : Number(version);
  const view =
    shown === undefined || number === undefined
      ? null
      : await orNotFound(
          readQuestions({
            promptSet: shown,
            version: number,
            page: counting(query.page),
            by: await currentAsker(),
          }),
        );
  const link = (to: number) =>
    `/judges/questions?set=${encodeURIComponent(shown ?? "")}&version=${number}&page=${to}`;
  return (
    <div className="page pt-10 sm:pt-14">
      <p className="eyebrow">
        <Link href="/judges" className="hover:text-ink">
          {t("title")}
        </Link>
      </p>
      <h1 className="mt-2 text-4xl">{t("questions.title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("questions.about")}</p>
      <QuestionSets sets={sets} shown={view?.summary.id ?? null} />
      {view !== null && (
        <>
          <ul className="mt-8 grid gap-4 md:grid-cols-2 xl:grid-cols-3">
            {view.checklists.map((checklist) => (
              <li key={checklist.index}>
                <ChecklistCard checklist={checklist} />
              </li>
            ))}
          </ul>
          {view.pages > 1 && (
            <nav
              aria-label={t("questions.pages")}
              className="mt-8 flex items-center gap-4 text-sm tabular-nums"
            >
              {view.page > 1 && (
                <Link className="link" href={link(view.page - 1)} rel="prev">
                  {t("questions.earlier")}
                </Link>
              )}
              <span className="text-muted">
                {t("questions.page", { page: view.page, pages: view.pages })}
              </span>
              {view.page < view.pages && (
                <Link className="link" href={link(view.page + 1)} rel="next">
                  {t("questions.later")}
                </Link>
              )}
            </nav>
          )}
        </>
      )}
    </div>
  );
}
