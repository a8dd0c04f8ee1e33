import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
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

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("compare.page");
  return { title: t("title"), description: t("description") };
}

export default async function ComparePage({
  params,
  searchParams,
}: PageProps<"/leaderboard/[board]/compare">) {
  const { board: slug } = await params;
  const t = await getTranslations("compare.page");
  const wanted = parseCompared(single((await searchParams).vs));
  const by = await currentAsker();
  await orNotFound(requireBoard({ slug, by, to: "see" }));
  const comparison = await orNotFound(readModelComparison({ board: slug, models: wanted }));
  const { board, models, unknown } = comparison;
  return (
    <div className="page-wide pt-10 sm:pt-14">
      <p className="eyebrow">
        <Link href={`/leaderboard/${board.slug}`} className="hover:text-ink" translate="no">
          {board.name}
        </Link>
      </p>
      <h1 className="mt-2 text-4xl">{t("title")}</h1>
      {unknown.length > 0 && (
        <p role="status" className="card mt-6 px-4 py-3 text-sm break-words">
          {t("unknown", { names: unknown.map((name) => name.slice(0, 60)).join(", ") })}
        </p>
      )}
      <Messages areas={["compare"]}>
        <ChooseCompared
          board={board.slug}
          chosen={models.map(({ model }) => model)}
          choices={comparison.choices}
        />
      </Messages>
      {models.length < FEWEST_COMPARED ? (
        <p className="card text-muted mt-8 p-8 text-center">
          {t("choose", { fewest: FEWEST_COMPARED, most: MOST_COMPARED })}
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
