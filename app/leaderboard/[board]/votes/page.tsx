import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/or-not-found";
import { currentAsker } from "@/app/page-access";
import { single } from "@/app/search";
import { PairVoteList } from "@/components/explorer/pair-vote-list";
import { Messages } from "@/components/messages";
import { requireBoard } from "@/lib/boards/require-board";
import { readPairVotes } from "@/lib/pages/explorer/read-pair-votes";
import { pairCursor } from "@/lib/schemas/explorer";
import { parseCompared } from "@/lib/schemas/model-comparison";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("explorer.votes");
  return { title: t("title"), description: t("description") };
}

export default async function PairVotesPage({
  params,
  searchParams,
}: PageProps<"/leaderboard/[board]/votes">) {
  const { board: slug } = await params;
  const t = await getTranslations("explorer.votes");
  const given = await searchParams;
  const [a = "", b = ""] = parseCompared(single(given.vs));
  const before = pairCursor.safeParse(single(given.before)).data;
  const by = await currentAsker();
  const { name, modality } = await orNotFound(requireBoard({ slug, by, to: "see" }));
  const page = await orNotFound(readPairVotes({ board: slug, a, b, before }));
  return (
    <div className="page-wide pt-10 sm:pt-14">
      <p className="eyebrow">
        <Link href={`/leaderboard/${slug}`} className="hover:text-ink" translate="no">
          {name}
        </Link>
      </p>
      <h1 className="mt-2 text-4xl break-words">{t("heading", { a: page.a.name, b: page.b.name })}</h1>
      <Messages areas={["clips", "moderation", "viewer"]}>
        <PairVoteList
          board={{ slug, isVideo: modality === "TEXT_TO_VIDEO" }}
          page={page}
          isFirst={before === undefined}
        />
      </Messages>
      <p className="mt-8 text-sm">
        <Link className="link" href={`/leaderboard/${slug}/compare?vs=${a},${b}`}>
          {t("compare")}
        </Link>
      </p>
    </div>
  );
}
