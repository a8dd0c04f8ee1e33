import { Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { cache } from "react";
import { currentAsker, offer } from "@/app/page-access";
import { orNotFound } from "@/app/or-not-found";
import { pageFormat } from "@/app/page-format";
import { Messages } from "@/components/messages";
import { CategoryBars } from "@/components/prompts/category-bars";
import { PromptBrowser } from "@/components/prompts/prompt-browser";
import { SetControls } from "@/components/prompts/set-controls";
import { VisitorMark } from "@/components/visitor-mark";
import { listSetPrompts } from "@/lib/prompts/list-set-prompts";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";

const CSV = "CSV";

export const dynamic = "force-dynamic";

type Props = PageProps<"/prompts/[slug]">;

const read = cache(async (slug: string) => orNotFound(readPromptSet({ slug, by: await currentAsker() })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await read((await params).slug)).name };
}

export default async function PromptSetPage({ params }: Props) {
  const { slug } = await params;
  const t = await getTranslations("prompts");
  const format = await pageFormat();
  const set = await read(slug);
  const first = await listSetPrompts({ slug, by: await currentAsker(), from: 0, limit: 50 });
  return (
    <article className="page pt-10 sm:pt-14">
      <p className="eyebrow">
        <Link href="/prompts" className="hover:text-ink">
          {t("sets.title")}
        </Link>
        {set.archived && ` · ${t("archived")}`}
        {!set.listed && ` · ${t("private")}`}
      </p>
      <h1 className="mt-2 text-4xl break-words sm:text-5xl">
        <span translate="no">{set.name}</span> <VisitorMark submittedBy={set.submittedBy} />
      </h1>
      <p className="text-muted mt-3 max-w-2xl">
        {t("set.facts", { version: set.version, n: set.prompts, arena: set.arena })}{" "}
        {set.changeable ? t("set.unused") : t("set.used", { runs: set.runs, boards: set.boards })}
      </p>
      <div className="mt-6 flex flex-wrap items-center gap-3 text-sm">
        {Object.entries({ csv: <span translate="no">{CSV}</span>, jsonl: t("jsonLines") }).map(
          ([as, name]) => (
            <a
              key={as}
              className="button-quiet button-small"
              href={`/api/v1/prompt-sets/${slug}/export?format=${as}`}
              download
            >
              <Download className="size-4" aria-hidden="true" /> {name}
            </a>
          ),
        )}
        {set.canChange && (
          <Messages areas={["prompts"]}>
            <SetControls
              slug={slug}
              revision={set.revision}
              archived={set.archived}
              listed={set.listed}
              mayList={(await offer("prompts.list")).kind === "open"}
              mayRemove={set.changeable && set.versions[0].slug === slug}
              mayFollow={!set.archived && set.versions[0].slug === slug}
            />
          </Messages>
        )}
      </div>
      <div className="mt-12 grid gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <section aria-labelledby="prompts">
          <h2 id="prompts" className="text-2xl">
            {t("sets.title")}
          </h2>
          <Messages areas={["prompts"]}>
            <PromptBrowser
              slug={slug}
              initial={first}
              categories={set.categories.map(({ name }) => name)}
              tags={set.tags.map(({ name }) => name)}
            />
          </Messages>
        </section>
        <div className="grid content-start gap-10">
          <section aria-labelledby="categories">
            <h2 id="categories" className="text-xl">
              {t("set.categories")}
            </h2>
            <CategoryBars categories={set.categories} />
          </section>
          <section aria-labelledby="versions">
            <h2 id="versions" className="text-xl">
              {t("set.versions")}
            </h2>
            <ul className="border-line mt-3 border-t">
              {set.versions.map((version) => (
                <li key={version.slug} className="border-line border-b py-2.5 text-sm">
                  <Link
                    href={`/prompts/${version.slug}`}
                    className="link"
                    aria-current={version.slug === slug ? "page" : undefined}
                  >
                    {t("set.version", { n: version.version })}
                  </Link>
                  <span className="text-muted block text-xs">
                    {t(version.version > 1 ? "set.versionFactsKept" : "set.versionFacts", {
                      day: format.day(version.createdAt),
                      n: version.prompts,
                      kept: version.kept,
                    })}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        </div>
      </div>
    </article>
  );
}
