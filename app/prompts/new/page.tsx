import type { Metadata } from "next";
import Link from "next/link";
import { single } from "@/app/search";
import { currentAsker, requirePage } from "@/app/page-access";
import { orNotFound } from "@/app/or-not-found";
import { ImportForm } from "@/components/prompts/import-form";
import { listPromptSets } from "@/lib/prompts/list-prompt-sets";
import { readPromptSet } from "@/lib/prompts/read-prompt-set";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Import prompts" };

export default async function NewPromptsPage({ searchParams }: PageProps<"/prompts/new">) {
  await requirePage("prompts.import");
  const by = await currentAsker();
  const of = single((await searchParams).of);
  const follows = of === undefined ? null : await orNotFound(readPromptSet({ slug: of, by }));
  const { limits } = await listPromptSets({ by });
  return (
    <div className="page pt-10 sm:pt-14">
      <p className="eyebrow">
        <Link href="/prompts" className="hover:text-ink">
          Prompts
        </Link>
      </p>
      <h1 className="mt-2 text-4xl">{follows ? `New version of ${follows.name}` : "Import prompts"}</h1>
      <p className="text-muted mt-3 max-w-2xl">
        A table (.csv, .tsv), JSON, JSON lines, or text with a prompt on each line; PartiPrompts, DrawBench,
        GenEval, T2I-CompBench, DPG-Bench, VBench, HPD, Pick-a-Pic, GEdit and ImgEdit files as they are. A
        .zip may hold several files, and the images that prompts name.{" "}
        {follows
          ? "The file holds the whole version: prompts that it leaves out are not in it."
          : "What you import is shown to you only."}
      </p>
      <ImportForm limits={limits} follows={follows && { slug: follows.slug, name: follows.name }} />
    </div>
  );
}
