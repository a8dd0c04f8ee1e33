import type { Metadata } from "next";
import Link from "next/link";
import { currentVoter } from "@/app/current-voter";
import { NewBoard } from "@/components/boards/new-board";
import { submissionPolicy } from "@/lib/models/submission-policy";
import { readBoardChoices } from "@/lib/pages/read-board-choices";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "New board",
  description: "A ranking of your own: choose the prompts, who may vote, and how models are measured.",
};

export default async function NewBoardPage() {
  if (submissionPolicy() === "off") {
    return (
      <div className="page pt-10 sm:pt-14">
        <h1 className="text-4xl">No new boards</h1>
        <p className="text-muted mt-3">
          This site takes no boards from visitors now.{" "}
          <Link href="/boards" className="link">
            See those there are
          </Link>
          .
        </p>
      </div>
    );
  }
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">New board</h1>
      <p className="text-muted mt-3 max-w-2xl">
        Only you see it at first. You invite people by links, or open it to everyone, whenever you like. The
        board belongs to this browser: keep its cookie.
      </p>
      <NewBoard choices={await readBoardChoices({ voterId: await currentVoter() })} />
    </div>
  );
}
