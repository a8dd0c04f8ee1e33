import { requireBoard } from "@/lib/boards/require-board";
import { currentVoter } from "@/app/current-voter";
import type { Metadata } from "next";
import Link from "next/link";
import { orNotFound } from "@/app/or-not-found";
import { single } from "@/app/search";
import { count, moment } from "@/components/format";
import { BoardNav } from "@/components/boards/board-nav";
import { Analysis } from "@/components/leaderboard/analysis";
import { intervalsText } from "@/components/leaderboard/board-text";
import { FragilityBadge } from "@/components/leaderboard/fragility-badge";
import { LeaderboardTable } from "@/components/leaderboard/leaderboard-table";
import { JudgePanel, JudgeSummary } from "@/components/leaderboard/judge-panel";
import { withNoteTexts } from "@/components/leaderboard/note-text";
import { StylePanel } from "@/components/leaderboard/style-panel";
import { WeightedBoard } from "@/components/leaderboard/weighted-board";
import { parseWeights } from "@/components/leaderboard/weights-text";
import { parseTableState } from "@/components/leaderboard/table-state";
import { listBoards } from "@/lib/boards/list-boards";
import { readRatingHistory } from "@/lib/rankings/rating-history";
import { readBoardAnalysis } from "@/lib/pages/read-board-analysis";
import { readLinkedBoard, type LinkedBoard } from "@/lib/pages/read-linked-board";

export const dynamic = "force-dynamic";

type Props = PageProps<"/leaderboard/[board]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { board: slug } = await params;
  const by = { voterId: await currentVoter() };
  const board = (await listBoards({ by, archived: true, named: slug })).find(
    (candidate) => candidate.slug === slug,
  );
  return {
    title: board ? `${board.name} leaderboard` : "Leaderboard",
    description: board?.description,
    openGraph: {
      title: board ? `Salon: ${board.name} leaderboard` : "Salon",
      description: board?.description,
    },
  };
}

export default async function LeaderboardPage({ params, searchParams }: Props) {
  const { board: slug } = await params;
  const query = await searchParams;
  const style = single(query.style) === "controlled" ? "controlled" : "as-voted";
  const given = parseWeights(single(query.weights));
  const by = { voterId: await currentVoter() };
  const { archivedAt } = await orNotFound(requireBoard({ slug, by, to: "see" }));
  const { board, weighted, unknown } = await orNotFound(
    readLinkedBoard({
      board: slug,
      category: single(query.category),
      style,
      judge: single(query.judge),
      own: single(query.own)?.slice(0, 2000),
      weights: given ?? undefined,
    }),
  );
  const { category } = board;
  const [boards, analysis, history] = await Promise.all([
    listBoards({ by, named: slug, archived: true }),
    readBoardAnalysis({ board: slug, category }),
    readRatingHistory({ board: slug, category }),
  ]);
  const listed = boards.find((each) => each.slug === slug);
  const initial = parseTableState({ get: (name) => single(query[name]) ?? null });
  const { snapshot, rows, styleControl, withJudge } = board;
  return (
    <>
      <div className="page-wide pt-10 sm:pt-14">
        <BoardNav
          boards={boards.filter(({ isArchived, slug: other }) => !isArchived || other === slug)}
          current={slug}
          hrefOf={(other) => `/leaderboard/${other}`}
        />
        <header className="mb-8 flex flex-wrap items-end justify-between gap-x-10 gap-y-4">
          <div className="max-w-2xl">
            <h1 className="text-4xl sm:text-5xl">{board.board.name}</h1>
            <p className="text-muted mt-3">{board.board.description}</p>
            {snapshot && (
              <p className="mt-4">
                <FragilityBadge analysis={analysis} />
              </p>
            )}
          </div>
          {archivedAt !== null && (
            <p className="bg-sunk text-muted rounded-full px-3 py-1 text-sm">
              Archived: it takes no votes and no models any more
            </p>
          )}
          {listed?.mayVote && (
            <Link href={`/arena?board=${slug}`} className="button-primary">
              Vote on this board
            </Link>
          )}
        </header>
        <Unknown unknown={unknown} />
        {withJudge && <JudgeSummary withJudge={withJudge} />}
        {styleControl && !styleControl.fitted && <StylePanel control={styleControl} />}
        {rows.length === 0 ? (
          <div className="card p-12 text-center">
            <p className="text-muted mx-auto max-w-md">
              No model is listed here yet. Models appear as soon as their run is scored.
            </p>
            <div className="mt-5 flex justify-center gap-3">
              <Link href="/runs" className="button-quiet">
                See the runs
              </Link>
              {listed?.maySubmit && (
                <Link href={`/submit?board=${slug}`} className="button-primary">
                  Submit a model
                </Link>
              )}
            </div>
          </div>
        ) : (
          <LeaderboardTable
            key={`${category} ${style} ${withJudge?.judge.slug}`}
            board={board}
            initial={initial}
          />
        )}
        <p className="text-muted mt-4 text-sm">
          {snapshot ? (
            <>
              {count(snapshot.votes)} {snapshot.votes === 1 ? "vote" : "votes"}
              {category ? ` on ${category} prompts` : ""}
              {withJudge?.fitted
                ? ` and the verdicts of ${withJudge.judge.name}`
                : styleControl?.fitted
                  ? ", style held equal"
                  : ""}{" "}
              · {snapshot.methodology} · snapshot{" "}
              <code className="font-mono text-xs" title={`inputs ${snapshot.inputsHash}`}>
                {snapshot.id}
              </code>{" "}
              (
              <a
                href={`/api/v1/votes/export?board=${slug}&snapshot=${snapshot.id}`}
                className="link"
                download
              >
                its votes
              </a>
              ) · <time dateTime={snapshot.createdAt}>{moment(snapshot.createdAt)}</time>
            </>
          ) : (
            <>No vote has been counted{category ? ` on ${category} prompts` : ""} yet, so nobody is ranked.</>
          )}{" "}
          <Link href="/docs/methods" className="link">
            How it is measured
          </Link>
        </p>
        {snapshot && <p className="text-muted mt-2 max-w-3xl text-sm">{intervalsText(snapshot.intervals)}</p>}
      </div>
      {withJudge?.fitted && <JudgePanel withJudge={withJudge} />}
      {styleControl?.fitted && !withJudge?.fitted && <StylePanel control={styleControl} />}
      {rows.length > 0 && weighted.criteria.length > 1 && (
        <WeightedBoard key={category} initial={withNoteTexts(weighted)} given={given} />
      )}
      {snapshot && rows.filter(({ rank }) => rank !== null).length > 1 && (
        <Analysis analysis={analysis} history={history} />
      )}
    </>
  );
}

const INSTEAD = { category: "all prompts", judge: "the votes of people alone" };

/** What a link asked for and is not there. */
function Unknown({ unknown }: Pick<LinkedBoard, "unknown">) {
  if (unknown.length === 0) return null;
  return (
    <ul role="status" className="card mb-6 space-y-1 px-4 py-3 text-sm break-words">
      {unknown.map(({ field, value }) => (
        <li key={field}>
          This board has no {field} “{value.length > 60 ? `${value.slice(0, 60)}…` : value}”. It shows{" "}
          {INSTEAD[field]}.
        </li>
      ))}
    </ul>
  );
}
