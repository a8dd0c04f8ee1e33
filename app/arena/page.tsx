import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { currentAsker, offer } from "@/app/page-access";
import { single } from "@/app/search";
import { Arena } from "@/components/arena/arena";
import { BoardNav } from "@/components/boards/board-nav";
import { RefreshEvery } from "@/components/refresh-every";
import { RunList } from "@/components/runs/run-list";
import { isActive } from "@/components/runs/run-states";
import { listRuns } from "@/lib/runs/list-runs";
import { listBoards } from "@/lib/boards/list-boards";
import type { ListedBoard } from "@/lib/schemas/views";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "Arena",
  description: "Two images of one prompt, names covered. Which is better?",
};

export default async function ArenaPage({ searchParams }: PageProps<"/arena">) {
  const wanted = single((await searchParams).board);
  const by = await currentAsker();
  const [boards, runs] = await Promise.all([
    listBoards({ by, named: wanted }),
    listRuns({ limit: 12, voterId: by.voterId }),
  ]);
  const board =
    wanted === undefined
      ? (boards.find(({ mayVote }) => mayVote) ?? boards[0])
      : boards.find(({ slug }) => slug === wanted);
  if (wanted !== undefined && !board) notFound();
  if (!board)
    return (
      <Instead title="Nothing to vote on yet">
        There is no board that is open to you.{" "}
        <Link href="/boards" className="link">
          All boards
        </Link>
      </Instead>
    );
  const [voting, asking] = await Promise.all([offer("battles.take"), offer("prompts.ask")]);
  if (voting.kind !== "open")
    return (
      <Instead title={voting.kind === "sign in" ? "Sign in to vote" : "Not with this account"}>
        {voting.text}{" "}
        <Link href={voting.kind === "sign in" ? "/sign-in" : `/leaderboard/${board.slug}`} className="link">
          {voting.kind === "sign in" ? "Sign in" : `The leaderboard of ${board.name}`}
        </Link>
      </Instead>
    );
  const active = runs.filter((run) => isActive(run.state));
  return (
    <>
      <BoardNav
        boards={boards}
        current={board.slug}
        hrefOf={(slug) => `/arena?board=${slug}`}
        className="page-wide justify-center pt-4"
      />
      {board.mayVote ? (
        <Arena
          key={board.slug}
          board={board.slug}
          ownPrompts={board.livePrompts && asking.kind === "open" ? votesCount(board) : null}
          waiting={
            <div className="mx-auto mt-10 max-w-3xl">
              <RefreshEvery seconds={3} />
              {active.length > 0 ? <RunList runs={active} /> : <NothingRuns board={board} />}
            </div>
          }
        />
      ) : (
        <Instead title="Only invited people vote here">
          Ask who runs {board.name} for a link.{" "}
          <Link href={`/leaderboard/${board.slug}`} className="link">
            Its leaderboard
          </Link>{" "}
          is open to you.
        </Instead>
      )}
    </>
  );
}

const votesCount = ({ countsLiveVotes }: ListedBoard) => (countsLiveVotes ? "on the board" : "apart");

function NothingRuns({ board: { slug, maySubmit } }: { board: ListedBoard }) {
  return (
    <p className="text-muted text-center">
      No model is generating at the moment.{" "}
      {maySubmit ? (
        <>
          <Link className="link" href={`/submit?board=${slug}`}>
            Submit one
          </Link>
          , or start the worker if it is not running.
        </>
      ) : (
        "Pairs appear once two of the board's models have samples."
      )}
    </p>
  );
}

/** What is said where there is no pair to show. */
function Instead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="page py-20 text-center">
      <h1 className="text-4xl">{title}</h1>
      <p className="text-muted mx-auto mt-4 max-w-md break-words">{children}</p>
    </div>
  );
}
