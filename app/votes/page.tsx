import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { requirePage } from "@/app/page-access";
import { single } from "@/app/search";
import { Messages } from "@/components/messages";
import { HeldVoteList } from "@/components/votes/held-vote-list";
import { VoteFilterForm } from "@/components/votes/vote-filter-form";
import { VoteList } from "@/components/votes/vote-list";
import { listBoardNames } from "@/lib/boards/list-board-names";
import { SalonError } from "@/lib/errors";
import { voteCursor, voteFilter, type VotePage } from "@/lib/schemas/administration/vote-admin";
import { listHeldVotes } from "@/lib/votes/checks/list-held-votes";
import { listVotes } from "@/lib/votes/list-votes";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("votes.page");
  return { title: t("title"), robots: { index: false } };
}

const NONE: VotePage = { votes: [], next: null };
type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function VotesPage({ searchParams }: { searchParams: Search }) {
  await requirePage("votes.manage");
  const t = await getTranslations("votes.page");
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
      <h1 className="text-4xl">{t("title")}</h1>
      <p className="text-muted mt-3 max-w-2xl">{t("about")}</p>
      <Messages areas={["votes"]}>
        <HeldVoteList quarantines={held} />
        <section aria-labelledby="all-votes" className="mt-10">
          <h2 id="all-votes" className="text-2xl">
            {t("byBoard")}
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
              {t("download")}
            </Link>
          </p>
        </section>
      </Messages>
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
