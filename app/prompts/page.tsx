import type { Metadata } from "next";
import Link from "next/link";
import { currentAsker, offer } from "@/app/page-access";
import { single } from "@/app/search";
import { OfferedLink } from "@/components/offered-link";
import { SetList } from "@/components/prompts/set-list";
import { listPromptSets } from "@/lib/prompts/list-prompt-sets";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Prompts",
  description: "Sets of prompts that models are evaluated on.",
};

type Search = Promise<Record<string, string | string[] | undefined>>;

/** The sets; with ?archived=yes those that were put away. */
export default async function PromptsPage({ searchParams }: { searchParams: Search }) {
  const archived = single((await searchParams).archived) === "yes";
  const all = await listPromptSets({ by: await currentAsker(), archived });
  const promptSets = all.promptSets.filter((set) => set.archived === archived);
  const importing = await offer("prompts.import");
  return (
    <div className="page pt-10 sm:pt-14">
      <header className="flex flex-wrap items-end justify-between gap-6">
        <div>
          <h1 className="text-4xl">{archived ? "Archived prompts" : "Prompts"}</h1>
          <p className="text-muted mt-3 max-w-2xl">
            Sets of prompts that models are evaluated on. A set that runs or boards use is never changed: a
            new version follows it, and prompts that stayed the same are the same prompts there.
          </p>
        </div>
        <OfferedLink offer={importing} href="/prompts/new" className="button-primary">
          Import prompts
        </OfferedLink>
      </header>
      <div className="mt-10">
        {promptSets.length === 0 ? (
          <p className="card text-muted p-8 text-center">
            {archived ? (
              "No prompt set is archived."
            ) : (
              <>
                No prompt set yet. The operator imports them with <code>salon prompts import</code>.
              </>
            )}
          </p>
        ) : (
          <SetList sets={promptSets} />
        )}
        <p className="mt-6 text-sm">
          <Link href={archived ? "/prompts" : "/prompts?archived=yes"} className="link">
            {archived ? "Prompt sets in use" : "Archived prompt sets"}
          </Link>
        </p>
      </div>
    </div>
  );
}
