import type { Metadata } from "next";
import { currentAsker, requirePage } from "@/app/page-access";
import { NewBoard } from "@/components/boards/new-board";
import { readBoardChoices } from "@/lib/pages/read-board-choices";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "New board",
  description: "A ranking of your own: choose the prompts, who may vote, and how models are measured.",
};

export default async function NewBoardPage() {
  await requirePage("boards.create");
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">New board</h1>
      <p className="text-muted mt-3 max-w-2xl">
        Only you see it at first. You invite people by links, or open it to everyone, whenever you like. The
        board belongs to this browser: keep its cookie.
      </p>
      <NewBoard choices={await readBoardChoices(await currentAsker())} />
    </div>
  );
}
