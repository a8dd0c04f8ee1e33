import { promptSetsOf } from "@/lib/boards/board-prompts";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { countedCategories } from "@/lib/boards/pair-count-rows";
import { findBoard, type FoundBoard } from "@/lib/boards/find-board";
import { findNewestSnapshot } from "@/lib/snapshots/find-snapshot";
import { intervalFacts } from "@/lib/rankings/interval-facts";
import { describeColumns } from "@/lib/scores/describe-columns";
import { findFirstJudged, readBoardRows } from "@/lib/pages/board-rows";
import { numberNames, ownColumns } from "@/lib/pages/custom-columns";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import { readJudgesOfBoard, readWithJudge } from "@/lib/pages/read-with-judge";
import { readStyleControl } from "@/lib/pages/read-style-control";
import { LIVE_CATEGORY } from "@/lib/schemas/live-category";
import type { Leaderboard } from "@/lib/schemas/leaderboard";

/**
 * A board's ranking, overall or cut to one prompt category, from its newest snapshot: ranked models best first, then
 * the listed models that no vote has rated yet, by name. With style "controlled": how the images look held equal.
 * With a judge's slug: people's votes and its verdicts together.
 * `own` adds a reader's columns, `name=formula;name=formula`.
 * @throws SalonError "not_found" for an unknown board, "invalid_request" for a category it does not have
 */
export async function readLeaderboard(
  input: {
    board: string;
    category?: string | null;
    style?: "controlled" | "as-voted";
    judge?: string | null;
    own?: string;
    /** Slug of the prompt set that the metrics are of; the board's first unless given. */
    prompts?: string | null;
  },
  tx: Tx = db(),
): Promise<Leaderboard> {
  const found = await findBoard(input.board, tx);
  const promptSets = await readPromptSets(found, tx);
  const metricSet = chooseSet(promptSets, input.prompts);
  // What is measured is of one set; votes are of all.
  const board = { ...found, promptSetId: metricSet.id };
  const categories = await readCategories(found.id, promptSets, tx);
  const category = input.category || null;
  if (category !== null && !categories.includes(category)) {
    throw new SalonError(
      "invalid_request",
      `This board has no category ${JSON.stringify(category)}; it has ${categories.join(", ")}.`,
      { field: "category" },
    );
  }
  const plain = await findNewestSnapshot(board.id, category ?? "", tx);
  const style =
    input.style === "controlled" ? await readStyleControl(board, category ?? "", plain, tx) : null;
  const judges = await readJudgesOfBoard(board.id, tx);
  const asked = input.judge
    ? await readWithJudge(board, judges, { slug: input.judge, category: category ?? "", plain }, tx)
    : null;
  const snapshot = asked?.snapshot ?? style?.snapshot ?? plain;
  const judged = asked?.snapshot ?? (await findFirstJudged(board, judges, category ?? "", tx));
  const { rows, columns } = await readBoardRows(board, { snapshot, judged }, tx);
  return {
    board: {
      slug: board.slug,
      name: board.name,
      description: board.description,
      isVideo: board.modality === "TEXT_TO_VIDEO",
    },
    category,
    categories,
    promptSets: promptSets.map(({ slug, name }) => ({ slug, name })),
    metricSet: metricSet.slug,
    snapshot: snapshot && {
      id: snapshot.id,
      methodology: snapshot.methodology,
      inputsHash: snapshot.inputsHash,
      votes: snapshot.votes,
      createdAt: snapshot.createdAt.toISOString(),
      intervals: intervalFacts(snapshotDetails.parse(snapshot.details)),
    },
    apartVotes: found.countsLiveVotes ? 0 : await countLive(found.id, tx),
    judges: judges.map(({ slug, name }) => ({ slug, name })),
    withJudge: asked && asked.withJudge,
    styleControl: style && style.control,
    rows,
    metricColumns: await describeColumns(board, columns, tx),
    ownColumns: ownColumns(input.own ?? "", rows),
    numbers: numberNames(rows),
  };
}

/** Counted votes on visitors' own prompts. */
async function countLive(boardId: string, tx: Tx): Promise<number> {
  const [{ votes }] = await tx.$queryRaw<[{ votes: number }]>`
    select coalesce(sum(wins_a + wins_b + ties + both_bad), 0)::int as votes from pair_counts
    where board_id = ${boardId} and category = ${LIVE_CATEGORY}`;
  return votes;
}

/** The prompt categories a board can be cut by: those of its arena prompts, and those that have votes. */
async function readCategories(
  boardId: string,
  promptSets: readonly { id: string }[],
  tx: Tx,
): Promise<string[]> {
  const rows = await tx.$queryRaw<{ category: string }[]>`
    with recursive ${countedCategories(boardId)}
    select category from prompts where prompt_set_id = any (${promptSets.map(({ id }) => id)}) and arena
    union select category from categories where category is not null
    order by 1`;
  return rows.map((row) => row.category);
}

type SetOfBoard = { id: string; slug: string; name: string };

async function readPromptSets(board: FoundBoard, tx: Tx): Promise<SetOfBoard[]> {
  const ids = await promptSetsOf(board, tx);
  const sets = await tx.promptSet.findMany({
    where: { id: { in: ids } },
    select: { id: true, slug: true, name: true },
  });
  return ids.flatMap((id) => sets.find((set) => set.id === id) ?? []);
}

function chooseSet(sets: readonly SetOfBoard[], wanted: string | null | undefined): SetOfBoard {
  const chosen = wanted ? sets.find(({ slug }) => slug === wanted) : sets[0];
  if (chosen !== undefined) return chosen;
  throw new SalonError(
    "invalid_request",
    `This board has no prompt set ${JSON.stringify(wanted)}; it has ${sets.map(({ slug }) => slug).join(", ")}.`,
    { field: "prompts" },
  );
}
