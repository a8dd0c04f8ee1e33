import { Download } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { cache } from "react";
import { currentAsker, offer } from "@/app/page-access";
import { orNotFound } from "@/app/or-not-found";
import { counted, day } from "@/components/format";
import { CategoryBars } from "@/components/prompts/category-bars";
import { PromptBrowser } from "@/components/prompts/prompt-browser";
import { SetControls } from "@/components/prompts/set-controls";
import { VisitorMark } from "@/components/visitor-mark";
import { listSetPrompts } from "@/lib/prompts/list-set-prompts";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";

export const dynamic = "force-dynamic";

type Props = PageProps<"/prompts/[slug]">;

const read = cache(async (slug: string) => orNotFound(readPromptSet({ slug, by: await currentAsker() })));

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: (await read((await params).slug)).name };
}

export default async function PromptSetPage({ params }: Props) {
  const { slug } = await params;
  const set = await read(slug);
  const first = await listSetPrompts({ slug, by: await currentAsker(), from: 0, limit: 50 });
  return (
    <article className="page pt-10 sm:pt-14">
      <p className="eyebrow">
        <Link href="/prompts" className="hover:text-ink">
          Prompts
        </Link>
        {set.archived && " · archived"}
        {!set.listed && " · private"}
      </p>
      <h1 className="mt-2 text-4xl break-words sm:text-5xl">
        {set.name} <VisitorMark submittedBy={set.submittedBy} />
      </h1>
      <p className="text-muted mt-3 max-w-2xl">
        Version {set.version}, {counted(set.prompts, "prompt")}, {counted(set.arena, "prompt")} in the arena.{" "}
        {set.changeable
          ? "Nothing uses it yet."
          : `${counted(set.runs, "run")} and ${counted(set.boards, "board")} use it.`}
      </p>
      <div className="mt-6 flex flex-wrap items-center gap-3 text-sm">
        {(["csv", "jsonl"] as const).map((format) => (
          <a
            key={format}
            className="button-quiet button-small"
            href={`/api/v1/prompt-sets/${slug}/export?format=${format}`}
            download
          >
            <Download className="size-4" aria-hidden="true" /> {format === "csv" ? "CSV" : "JSON lines"}
          </a>
        ))}
        {set.canChange && (
          <SetControls
            slug={slug}
            revision={set.revision}
            archived={set.archived}
            listed={set.listed}
            mayList={(await offer("prompts.list")).kind === "open"}
            mayRemove={set.changeable && set.versions[0].slug === slug}
            mayFollow={!set.archived && set.versions[0].slug === slug}
          />
        )}
      </div>
      <div className="mt-12 grid gap-x-14 gap-y-10 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <section aria-labelledby="prompts">
          <h2 id="prompts" className="text-2xl">
            Prompts
          </h2>
          <PromptBrowser
            slug={slug}
            initial={first}
            categories={set.categories.map(({ name }) => name)}
            tags={set.tags.map(({ name }) => name)}
          />
        </section>
        <div className="grid content-start gap-10">
          <section aria-labelledby="categories">
            <h2 id="categories" className="text-xl">
              Categories
            </h2>
            <CategoryBars categories={set.categories} />
          </section>
          <section aria-labelledby="versions">
            <h2 id="versions" className="text-xl">
              Versions
            </h2>
            <ul className="border-line mt-3 border-t">
              {set.versions.map((version) => (
                <li key={version.slug} className="border-line border-b py-2.5 text-sm">
                  <Link
                    href={`/prompts/${version.slug}`}
                    className="link"
                    aria-current={version.slug === slug ? "page" : undefined}
                  >
                    Version {version.version}
                  </Link>
                  <span className="text-muted block text-xs">
                    {day(version.createdAt)}, {counted(version.prompts, "prompt")}
                    {version.version > 1 && `, ${version.kept} as before`}
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
