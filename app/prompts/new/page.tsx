import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { single } from "@/app/search";
import { currentAsker, requirePage } from "@/app/page-access";
import { orNotFound } from "@/app/or-not-found";
import { Messages } from "@/components/messages";
import { ImportForm } from "@/components/prompts/import-form";
import { listPromptSets } from "@/lib/prompts/list-prompt-sets";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("prompts.sets"))("import") };
}

export default async function NewPromptsPage({ searchParams }: PageProps<"/prompts/new">) {
  await requirePage("prompts.import");
  const t = await getTranslations("prompts");
  const by = await currentAsker();
  const of = single((await searchParams).of);
  const follows = of === undefined ? null : await orNotFound(readPromptSet({ slug: of, by }));
  const { limits } = await listPromptSets({ by });
  return (
    <div className="page pt-10 sm:pt-14">
      <p className="eyebrow">
        <Link href="/prompts" className="hover:text-ink">
          {t("sets.title")}
        </Link>
      </p>
      <h1 className="mt-2 text-4xl">
        {follows ? t("import.newVersionOf", { name: follows.name }) : t("sets.import")}
      </h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t("import.about")} {t(follows ? "import.wholeVersion" : "import.ownOnly")}
      </p>
      <Messages areas={["prompts"]}>
        <ImportForm limits={limits} follows={follows && { slug: follows.slug, name: follows.name }} />
      </Messages>
    </div>
  );
}
