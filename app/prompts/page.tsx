import type { Metadata } from "next";
import { currentAsker, offer } from "@/app/page-access";
import { OfferedLink } from "@/components/offered-link";
import { SetList } from "@/components/prompts/set-list";
import { listPromptSets } from "@/lib/prompts/list-prompt-sets";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Prompts",
  description: "Sets of prompts that models are evaluated on.",
};

export default async function PromptsPage() {
  const { promptSets } = await listPromptSets({ by: await currentAsker() });
  const importing = await offer("prompts.import");
  return (
    <div className="page pt-10 sm:pt-14">
      <header className="flex flex-wrap items-end justify-between gap-6">
        <div>
          <h1 className="text-4xl">Prompts</h1>
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
            No prompt set yet. The operator imports them with <code>salon prompts import</code>.
          </p>
        ) : (
          <SetList sets={promptSets} />
        )}
      </div>
    </div>
  );
}
