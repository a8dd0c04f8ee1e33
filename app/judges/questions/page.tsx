import type { Metadata } from "next";
import Link from "next/link";
import { currentAsker } from "@/app/page-access";
import { orNotFound } from "@/app/or-not-found";
import { counting, single } from "@/app/search";
import { ChecklistCard } from "@/components/judges/checklist-card";
import { QuestionSets } from "@/components/judges/question-sets";
import { listQuestionSets, readQuestions } from "@/lib/judges/checklists/read-questions";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Checklists",
  description: "The yes/no questions that judges answer about images of each prompt.",
};

export default async function QuestionsPage({ searchParams }: PageProps<"/judges/questions">) {
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
          Judges
        </Link>
      </p>
      <h1 className="mt-2 text-4xl">Checklists</h1>
      <p className="text-muted mt-3 max-w-2xl">
        Each prompt is taken apart once into questions that can be answered yes or no by looking. A question
        under one that is answered no counts as no. A version is used only after a person has read it, and
        never changes then; scores of two versions are never compared.
      </p>
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
            <nav aria-label="Pages" className="mt-8 flex items-center gap-4 text-sm tabular-nums">
              {view.page > 1 && (
                <Link className="link" href={link(view.page - 1)} rel="prev">
                  Earlier
                </Link>
              )}
              <span className="text-muted">
                page {view.page} of {view.pages}
              </span>
              {view.page < view.pages && (
                <Link className="link" href={link(view.page + 1)} rel="next">
                  Later
                </Link>
              )}
            </nav>
          )}
        </>
      )}
    </div>
  );
}
