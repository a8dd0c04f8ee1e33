import type { Metadata } from "next";
import Link from "next/link";
import { orNotFound } from "@/app/or-not-found";
import { currentAsker } from "@/app/page-access";
import { single } from "@/app/search";
import { ChooseCompared } from "@/components/compare/choose-compared";
import { ComparedFacts } from "@/components/compare/compared-facts";
import { ComparedPrompts } from "@/components/compare/compared-prompts";
import { ComparedShares } from "@/components/compare/compared-shares";
import { Messages } from "@/components/messages";
import { requireBoard } from "@/lib/boards/require-board";
import { readModelComparison } from "@/lib/pages/read-model-comparison";
import { FEWEST_COMPARED, MOST_COMPARED, parseCompared } from "@/lib/schemas/model-comparison";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Compare models",
  description:
    "Two to four models side by side: ratings, prices, facts, votes between them, the same prompts.",
};

export default async function ComparePage({
  params,
  searchParams,
}: PageProps<"/leaderboard/[board]/compare">) {
  const { board: slug } = await params;
  const wanted = parseCompared(single((await searchParams).vs));
  const by = await currentAsker();
  await orNotFound(requireBoard({ slug, by, to: "see" }));
  const comparison = await orNotFound(readModelComparison({ board: slug, models: wanted }));
  const { board, models, unknown } = comparison;
  return (
    <div className="page-wide pt-10 sm:pt-14">
      <p className="eyebrow">
        <Link href={`/leaderboard/${board.slug}`} className="hover:text-ink">
          {board.name}
        </Link>
      </p>
      <h1 className="mt-2 text-4xl">Compare models</h1>
      {unknown.length > 0 && (
        <p role="status" className="card mt-6 px-4 py-3 text-sm break-words">
          Not on this board, and left out: {unknown.map((name) => name.slice(0, 60)).join(", ")}.
        </p>
      )}
      <ChooseCompared
        board={board.slug}
        chosen={models.map(({ model }) => model)}
        choices={comparison.choices}
      />
      {models.length < FEWEST_COMPARED ? (
        <p className="card text-muted mt-8 p-8 text-center">
          Choose {FEWEST_COMPARED} to {MOST_COMPARED} models of this board.
        </p>
      ) : (
        <>
          <ComparedFacts comparison={comparison} />
          <ComparedShares comparison={comparison} />
          <Messages areas={["moderation", "viewer"]}>
            <ComparedPrompts comparison={comparison} />
          </Messages>
        </>
      )}
    </div>
  );
}
