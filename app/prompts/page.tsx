import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { currentAsker, offer } from "@/app/page-access";
import { single } from "@/app/search";
import { OfferedLink } from "@/components/offered-link";
import { SetList } from "@/components/prompts/set-list";
import { listPromptSets } from "@/lib/prompts/list-prompt-sets";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("prompts.sets");
  return { title: t("title"), description: t("description") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

/** The sets; with ?archived=yes those that were put away. */
export default async function PromptsPage({ searchParams }: { searchParams: Search }) {
  const t = await getTranslations("prompts.sets");
  const archived = single((await searchParams).archived) === "yes";
  const all = await listPromptSets({ by: await currentAsker(), archived });
  const promptSets = all.promptSets.filter((set) => set.archived === archived);
  const importing = await offer("prompts.import");
  return (
    <div className="page pt-10 sm:pt-14">
      <header className="flex flex-wrap items-end justify-between gap-6">
        <div>
          <h1 className="text-4xl">{t(archived ? "archivedTitle" : "title")}</h1>
          <p className="text-muted mt-3 max-w-2xl">{t("about")}</p>
        </div>
        <OfferedLink offer={importing} href="/prompts/new" className="button-primary">
          {t("import")}
        </OfferedLink>
      </header>
      <div className="mt-10">
        {promptSets.length === 0 ? (
          <p className="card text-muted p-8 text-center">
            {archived ? t("noneArchived") : t.rich("none", { code: (chunks) => <code>{chunks}</code> })}
          </p>
        ) : (
          <SetList sets={promptSets} />
        )}
        <p className="mt-6 text-sm">
          <Link href={archived ? "/prompts" : "/prompts?archived=yes"} className="link">
            {t(archived ? "inUse" : "archivedSets")}
          </Link>
        </p>
      </div>
    </div>
  );
}
