import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { currentAsker, requirePage } from "@/app/page-access";
import { NewBoard } from "@/components/boards/new-board";
import { Messages } from "@/components/messages";
import { readBoardChoices } from "@/lib/pages/read-board-choices";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("boards");
  return { title: t("page.new"), description: t("new.description") };
}

export default async function NewBoardPage() {
  await requirePage("boards.create");
  const t = await getTranslations("boards");
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">{t("page.new")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("new.about")}</p>
      <Messages areas={["boards"]}>
        <NewBoard choices={await readBoardChoices(await currentAsker())} />
      </Messages>
    </div>
  );
}
