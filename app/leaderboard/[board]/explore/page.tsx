import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/or-not-found";
import { currentAsker } from "@/app/page-access";
import { single } from "@/app/search";
import { ExploredSamples } from "@/components/explorer/explored-samples";
import { PromptPicker } from "@/components/explorer/prompt-picker";
import { kindOf } from "@/components/leaderboard/page-text";
import { Messages } from "@/components/messages";
import { requireBoard } from "@/lib/boards/require-board";
import { SalonError } from "@/lib/errors";
import { readExploredPrompt } from "@/lib/pages/explorer/read-explored-prompt";
import { readExploredPrompts } from "@/lib/pages/explorer/read-explored-prompts";
import { promptSearch, type ExploredPrompt, type PromptSearch } from "@/lib/schemas/explorer";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("explorer.page");
  return { title: t("title"), description: t("description") };
}

export default async function ExplorePage({
  params,
  searchParams,
}: PageProps<"/leaderboard/[board]/explore">) {
  const { board: slug } = await params;
  const t = await getTranslations("explorer.page");
  const given = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, single(value)]),
  );
  const by = await currentAsker();
  const { name, modality } = await orNotFound(requireBoard({ slug, by, to: "see" }));
  const board = { slug, isVideo: modality === "TEXT_TO_VIDEO" };
  // What a stale link asks for and nobody knows is left out.
  const search = promptSearch.safeParse(given).data ?? {};
  const page =
    (await orNull(readExploredPrompts({ board: slug, ...search }))) ??
    (await orNotFound(readExploredPrompts({ board: slug, ...search, set: undefined })));
  const { set: _, ...asked } = search;
  const wanted = given.prompt ?? page.prompts.at(0)?.promptId ?? null;
  const found =
    wanted === null ? null : await readFound({ board: slug, promptId: wanted, asked }, given.from);
  const query = { set: search.set, ...asked, prompt: wanted };
  return (
    <div className="page-wide pt-10 sm:pt-14">
      <p className="eyebrow">
        <Link href={`/leaderboard/${slug}`} className="hover:text-ink" translate="no">
          {name}
        </Link>
      </p>
      <h1 className="mt-2 text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("about", kindOf(board))}</p>
      <div className="mt-8 grid gap-x-10 gap-y-10 lg:grid-cols-[18rem_1fr]">
        <PromptPicker board={board} page={page} asked={asked} chosen={wanted} />
        {found ? (
          <Messages areas={["moderation", "viewer"]}>
            <ExploredSamples
              board={board}
              found={found}
              only={asked.only}
              query={query}
              isFirst={given.from === undefined}
            />
          </Messages>
        ) : (
          given.prompt && (
            <p role="status" className="card text-muted h-fit p-8 text-center">
              {t("noSuchPrompt")}
            </p>
          )
        )}
      </div>
    </div>
  );
}

/** A page of models; the first where the link names one that is gone. */
async function readFound(
  { board, promptId, asked }: { board: string; promptId: string; asked: Pick<PromptSearch, "only"> },
  from: string | undefined,
): Promise<ExploredPrompt | null> {
  const ask = { board, promptId, only: asked.only };
  return (await orNull(readExploredPrompt({ ...ask, after: from }))) ?? orNull(readExploredPrompt(ask));
}

async function orNull<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof SalonError && error.code === "not_found") return null;
    throw error;
  }
}
