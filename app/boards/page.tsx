import { Plus } from "lucide-react";
import type { Metadata } from "next";
import { currentAsker, offer } from "@/app/page-access";
import { OfferedLink } from "@/components/offered-link";
import { BoardCard } from "@/components/boards/board-card";
import { readBoardCards } from "@/lib/pages/read-board-cards";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Boards",
  description:
    "Every board is a ranking of its own: a prompt set, who may vote, and how models are measured.",
};

export default async function BoardsPage() {
  const boards = await readBoardCards({ by: await currentAsker(), archived: true });
  const creation = await offer("boards.create");
  return (
    <div className="page-wide pt-10 sm:pt-14">
      <div className="flex flex-wrap items-end justify-between gap-x-10 gap-y-4">
        <div className="max-w-2xl">
          <h1 className="text-4xl">Boards</h1>
          <p className="text-muted mt-3">
            Every board is a ranking of its own: one prompt set, who may vote on it, and how its models are
            measured. Here are those that everyone sees, and those that are open to you.
          </p>
        </div>
        <OfferedLink offer={creation} href="/boards/new" className="button-primary">
          <Plus className="size-4" aria-hidden="true" /> New board
        </OfferedLink>
      </div>
      {boards.length === 0 ? (
        <p className="card text-muted mt-10 p-12 text-center">
          {creation.kind === "open"
            ? "There is no board yet. Make the first one: a name and a prompt set are enough."
            : "There is no board yet. The operator of this site makes them at the command line."}
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
