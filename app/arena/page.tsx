import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { currentAsker, offer } from "@/app/page-access";
import { single } from "@/app/search";
import { Arena } from "@/components/arena/arena";
import { BoardNav } from "@/components/boards/board-nav";
import { Messages } from "@/components/messages";
import { RefreshEvery } from "@/components/refresh-every";
import { RunList } from "@/components/runs/run-list";
import { isActive } from "@/components/runs/run-states";
import { listRuns } from "@/lib/runs/list-runs";
import { listBoards } from "@/lib/boards/list-boards";
import type { ListedBoard } from "@/lib/schemas/views";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("arena.page");
  return { title: t("title"), description: t("description") };
}

export default async function ArenaPage({ searchParams }: PageProps<"/arena">) {
  const wanted = single((await searchParams).board);
  const t = await getTranslations("arena.page");
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
    return <Instead title={t("noBoard")}>{t.rich("noBoardOpen", { link: linkTo("/boards") })}</Instead>;
  const [voting, asking] = await Promise.all([offer("battles.take"), offer("prompts.ask")]);
  if (voting.kind !== "open")
    return (
      <Instead title={t(voting.kind === "sign in" ? "signInToVote" : "notAllowed")}>
        {voting.text}{" "}
        <Link href={voting.kind === "sign in" ? "/sign-in" : `/leaderboard/${board.slug}`} className="link">
          {voting.kind === "sign in" ? t("signIn") : t("boardsLeaderboard", { board: board.name })}
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
        <Messages areas={["arena", "clips", "moderation", "viewer"]}>
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
        </Messages>
      ) : (
        <Instead title={t("invitedOnly")}>
          {t.rich("askForLink", { board: board.name, link: linkTo(`/leaderboard/${board.slug}`) })}
        </Instead>
      )}
    </>
  );
}

const votesCount = ({ countsLiveVotes }: ListedBoard) => (countsLiveVotes ? "on the board" : "apart");

/** A message's link. */
const linkTo = (href: string) =>
  function Linked(chunks: ReactNode) {
    return (
      <Link href={href} className="link">
        {chunks}
      </Link>
    );
  };

function NothingRuns({ board: { slug, maySubmit } }: { board: ListedBoard }) {
  const t = useTranslations("arena.page");
  return (
    <p className="text-muted text-center">
      {maySubmit ? t.rich("submitOne", { link: linkTo(`/submit?board=${slug}`) }) : t("pairsAppear")}
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
