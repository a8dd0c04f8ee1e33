import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentAsker, offer } from "@/app/page-access";
import { OfferedLink } from "@/components/offered-link";
import { BoardCard } from "@/components/boards/board-card";
import { readBoardCards } from "@/lib/pages/read-board-cards";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("boards.page");
  return { title: t("title"), description: t("description") };
}

export default async function BoardsPage() {
  const t = await getTranslations("boards.page");
  const boards = await readBoardCards({ by: await currentAsker(), archived: true });
  const creation = await offer("boards.create");
  return (
    <div className="page-wide pt-10 sm:pt-14">
      <div className="flex flex-wrap items-end justify-between gap-x-10 gap-y-4">
        <div className="max-w-2xl">
          <h1 className="text-4xl">{t("title")}</h1>
          <p className="text-muted mt-3">{t("about")}</p>
        </div>
        <OfferedLink offer={creation} href="/boards/new" className="button-primary">
          <Plus className="size-4" aria-hidden="true" /> {t("new")}
        </OfferedLink>
      </div>
      {boards.length === 0 ? (
        <p className="card text-muted mt-10 p-12 text-center">
          {creation.kind === "open" ? t("makeFirst") : t("none")}
        </p>
      ) : (
        <ul className="mt-10 grid gap-5 sm:grid-cols-2 xl:grid-cols-3">
          {boards.map((board) => (
            <li key={board.slug}>
              <BoardCard board={board} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
