import { siteName } from "@/app/site-look";
import { requireBoard } from "@/lib/boards/require-board";
import { currentAsker } from "@/app/page-access";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { orNotFound } from "@/app/or-not-found";
import { single } from "@/app/search";
import { BoardNav } from "@/components/boards/board-nav";
import { Analysis, MODELS_SHOWN } from "@/components/leaderboard/analysis";
import { BoardHeader } from "@/components/leaderboard/board-header";
import { LeaderboardTable } from "@/components/leaderboard/leaderboard-table";
import { JudgePanel, JudgeSummary } from "@/components/leaderboard/judge-panel";
import { withNoteTexts } from "@/components/leaderboard/note-text";
import { NoModels } from "@/components/leaderboard/no-models";
import { ScoresComingNote } from "@/components/leaderboard/scores-coming-note";
import { SnapshotLine } from "@/components/leaderboard/snapshot-line";
import { StylePanel } from "@/components/leaderboard/style-panel";
import { UnknownNames } from "@/components/leaderboard/unknown-names";
import { WeightedBoard } from "@/components/leaderboard/weighted-board";
import { parseWeights } from "@/components/leaderboard/weights-text";
import { FIRST_ROWS, isAsRanked, parseTableState } from "@/components/leaderboard/table-state";
import { Messages } from "@/components/messages";
import { BoardEmbed } from "@/components/share/board-embed";
import { env } from "@/lib/env";
import { CARD_SIZE } from "@/lib/schemas/card-marks";
import type { Leaderboard } from "@/lib/schemas/leaderboard";
import { listBoards } from "@/lib/boards/list-boards";
import { readRatingHistory } from "@/lib/rankings/rating-history";
import { readBoardAnalysis } from "@/lib/pages/read-board-analysis";
import { readScoresComing } from "@/lib/pages/read-scores-coming";
import { readLinkedBoard } from "@/lib/pages/read-linked-board";

export const dynamic = "force-dynamic";

type Props = PageProps<"/leaderboard/[board]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { board: slug } = await params;
  const t = await getTranslations("leaderboard");
  const by = await currentAsker();
  const board = (await listBoards({ by, archived: true, named: slug })).find(
    (candidate) => candidate.slug === slug,
  );
  return {
    title: board ? t("boardTitle", { board: board.name }) : t("title"),
    description: board?.description,
    openGraph: {
      title: board ? t("siteBoardTitle", { site: await siteName(), board: board.name }) : await siteName(),
      description: board?.description,
      ...(board?.isPublic && { images: [{ url: `/media/boards/${slug}/card.png`, ...CARD_SIZE }] }),
    },
    alternates: board?.isPublic
      ? { types: { "application/atom+xml": `/media/boards/${slug}/feed.xml` } }
      : undefined,
  };
}

export default async function LeaderboardPage({ params, searchParams }: Props) {
  const { board: slug } = await params;
  const query = await searchParams;
  const style = single(query.style) === "controlled" ? "controlled" : "as-voted";
  const given = parseWeights(single(query.weights));
  const by = await currentAsker();
  const { archivedAt } = await orNotFound(requireBoard({ slug, by, to: "see" }));
  const { board, weighted, unknown } = await orNotFound(
    readLinkedBoard({
      board: slug,
      category: single(query.category),
      style,
      judge: single(query.judge),
      own: single(query.own)?.slice(0, 2000),
      prompts: single(query.prompts),
      weights: given ?? undefined,
    }),
  );
  const { category } = board;
  const { isVideo } = board.board;
  const [boards, analysis, history, coming] = await Promise.all([
    listBoards({ by, named: slug, archived: true }),
    readBoardAnalysis({ board: slug, category }),
    readRatingHistory({ board: slug, category, first: MODELS_SHOWN }),
    readScoresComing({ board: slug }),
  ]);
  const listed = boards.find((each) => each.slug === slug);
  const initial = parseTableState({ get: (name) => single(query[name]) ?? null });
  const { snapshot, rows, styleControl, withJudge } = board;
  return (
    <Messages areas={["leaderboard", "plots", "share"]}>
      <div className="page-wide pt-10 sm:pt-14">
        <BoardNav
          boards={boards.filter(({ isArchived, slug: other }) => !isArchived || other === slug)}
          current={slug}
          hrefOf={(other) => `/leaderboard/${other}`}
        />
        <BoardHeader
          board={board}
          analysis={analysis}
          isArchived={archivedAt !== null}
          mayVote={listed?.mayVote === true}
        />
        <UnknownNames unknown={unknown} />
        <ScoresComingNote coming={coming} isVideo={isVideo} />
        {withJudge && <JudgeSummary withJudge={withJudge} isVideo={isVideo} />}
        {styleControl && !styleControl.fitted && <StylePanel control={styleControl} isVideo={isVideo} />}
        {rows.length === 0 ? (
          <NoModels board={slug} maySubmit={listed?.maySubmit === true} />
        ) : (
          <LeaderboardTable
            key={`${category} ${style} ${withJudge?.judge.slug} ${board.metricSet}`}
            board={isAsRanked(initial) ? firstRows(board) : board}
            models={rows.length}
            initial={initial}
          />
        )}
        <SnapshotLine board={board} hasFeed={listed?.isPublic} />
        {listed?.isPublic && env().EMBED_ANCESTORS.length > 0 && (
          <BoardEmbed board={slug} name={board.board.name} />
        )}
      </div>
      {withJudge?.fitted && <JudgePanel withJudge={withJudge} isVideo={isVideo} />}
      {styleControl?.fitted && !withJudge?.fitted && <StylePanel control={styleControl} isVideo={isVideo} />}
      {rows.length > 0 && weighted.criteria.length > 1 && (
        <WeightedBoard key={category} initial={withNoteTexts(weighted)} given={given} isVideo={isVideo} />
      )}
      {snapshot && rows.filter(({ rank }) => rank !== null).length > 1 && (
        <Analysis board={slug} analysis={analysis} history={history} />
      )}
    </Messages>
  );
}

/** What a board shows first: the rest comes as JSON, should a reader ask for it. */
function firstRows(board: Leaderboard): Leaderboard {
  if (board.rows.length <= FIRST_ROWS) return board;
  const rows = board.rows.slice(0, FIRST_ROWS);
  const first = new Set(rows.map(({ model }) => model));
  const ownColumns = board.ownColumns.map(({ values, ...column }) => ({
    ...column,
    values: Object.fromEntries(Object.entries(values).filter(([model]) => first.has(model))),
  }));
  return { ...board, rows, ownColumns };
}
