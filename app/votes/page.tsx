import type { Metadata } from "next";
import Link from "next/link";
import { requirePage } from "@/app/page-access";
import { single } from "@/app/search";
import { HeldVoteList } from "@/components/votes/held-vote-list";
import { VoteFilterForm } from "@/components/votes/vote-filter-form";
import { VoteList } from "@/components/votes/vote-list";
import { listBoardNames } from "@/lib/boards/list-board-names";
import { SalonError } from "@/lib/errors";
import { voteCursor, voteFilter, type VotePage } from "@/lib/schemas/administration/vote-admin";
import { listHeldVotes } from "@/lib/votes/checks/list-held-votes";
import { listVotes } from "@/lib/votes/list-votes";

export const dynamic = "force-dynamic";
export const metadata: Metadata = { title: "Votes", robots: { index: false } };

const NONE: VotePage = { votes: [], next: null };
type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function VotesPage({ searchParams }: { searchParams: Search }) {
  await requirePage("votes.manage");
  const given = Object.fromEntries(
    Object.entries(await searchParams).map(([name, value]) => [name, single(value)]),
  );
  const boards = await listBoardNames();
  const board = given.board ?? boards[0]?.slug ?? "";
  const read = voteFilter.safeParse({ ...given, board });
  const filter = read.data ?? { board };
  const before = voteCursor.safeParse(given.before).data;
  const [page, held] = await Promise.all([readPage({ filter, before }), listHeldVotes({})]);
  return (
    <div className="page pt-10 sm:pt-14">
      <h1 className="text-4xl">Votes</h1>
      <p className="text-muted mt-3 max-w-2xl">
        Which votes count. One that is left out stays in the log, marked with its reason, which is public;
        ratings are fitted anew without it. A worker makes each change, within seconds on most boards.
      </p>
      <HeldVoteList quarantines={held} />
      <section aria-labelledby="all-votes" className="mt-10">
        <h2 id="all-votes" className="text-2xl">
          By board
        </h2>
        <VoteFilterForm
          boards={boards}
          filter={filter}
          problem={read.success ? null : read.error.issues[0].message}
        />
        <VoteList
          key={JSON.stringify([filter, before])}
          page={page}
          filter={filter}
          isFirst={before === undefined}
        />
        <p className="text-muted mt-6 text-sm">
          <Link className="link" href={`/api/v1/votes/export?board=${encodeURIComponent(filter.board)}`}>
            Download the whole log
          </Link>
        </p>
      </section>
    </div>
  );
}

async function readPage(ask: Parameters<typeof listVotes>[0]): Promise<VotePage> {
  try {
    return await listVotes(ask);
  } catch (error) {
    if (error instanceof SalonError && error.code === "not_found") return NONE;
    throw error;
  }
}
