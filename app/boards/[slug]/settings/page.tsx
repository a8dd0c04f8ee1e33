import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { currentAsker, requirePage } from "@/app/page-access";
import { orNotFound } from "@/app/or-not-found";
import { BoardRoom } from "@/components/boards/board-room";
import { Messages } from "@/components/messages";
import { readBoardRoom } from "@/lib/pages/read-board-room";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("boards.room");
  return { title: t("title"), robots: { index: false } };
}

export default async function BoardSettingsPage({ params }: PageProps<"/boards/[slug]/settings">) {
  const { slug } = await params;
  await requirePage("boards.edit");
  // Who may not change the board is not told that there is something to change.
  const room = await orNotFound(readBoardRoom({ slug, by: await currentAsker() }), [
    "not_found",
    "forbidden",
  ]);
  const { settings } = room;
  const t = await getTranslations("boards.room");
  return (
    <div className="page pt-10 sm:pt-14">
      <p className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
        <Link href={`/leaderboard/${slug}`} className="link">
          {t("leaderboard")}
        </Link>
        <Link href={`/arena?board=${slug}`} className="link">
          {t("arena")}
        </Link>
        <Link href="/boards" className="link">
          {t("allBoards")}
        </Link>
      </p>
      <h1 className="mt-3 text-4xl break-words" translate="no">
        {settings.name}
      </h1>
      <Messages areas={["boards", "runs", "webhooks"]}>
        <BoardRoom
          initial={settings}
          members={room.members}
          candidates={room.candidates}
          invites={room.invites}
          choices={room.choices}
        />
      </Messages>
    </div>
  );
}
