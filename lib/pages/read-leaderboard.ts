import { db, type Tx } from "@/lib/db/client";
import type { Board, Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { submittedBy } from "@/lib/models/visibility";
import { onBoard } from "@/lib/boards/board-models";
import { findBoard } from "@/lib/boards/find-board";
import { findNewestSnapshot, judgeControl, type SnapshotWithRows } from "@/lib/snapshots/find-snapshot";
import { intervalFacts } from "@/lib/rankings/interval-facts";
import { describeColumns } from "@/lib/scores/describe-columns";
import { readModelFacts, type MetricColumns, type ModelFacts } from "@/lib/scores/model-facts";
import { numberNames, ownColumns } from "@/lib/pages/custom-columns";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import { readJudgesOfBoard, readWithJudge } from "@/lib/pages/read-with-judge";
import { readStyleControl } from "@/lib/pages/read-style-control";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";

/**
 * A board's ranking, overall or cut to one prompt category, from its newest snapshot: ranked models best first, then
 * the listed models that no vote has rated yet, by name. With style "controlled": how the pictures look held equal.
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
  },
  tx: Tx = db(),
): Promise<Leaderboard> {
  const board = await findBoard(input.board, tx);
  const categories = await readCategories(board, tx);
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
  const judged = asked?.snapshot ?? (await firstWithJudge(board, judges, category ?? "", tx));
  const { rows, columns } = await readRows(board, snapshot, judged, tx);
  return {
    board: { slug: board.slug, name: board.name, description: board.description },
    category,
    categories,
    snapshot: snapshot && {
      id: snapshot.id,
      methodology: snapshot.methodology,
      inputsHash: snapshot.inputsHash,
      votes: snapshot.votes,
      createdAt: snapshot.createdAt.toISOString(),
      intervals: intervalFacts(snapshotDetails.parse(snapshot.details)),
    },
    judges: judges.map(({ slug, name }) => ({ slug, name })),
    withJudge: asked && asked.withJudge,
    styleControl: style && style.control,
    rows,
    metricColumns: await describeColumns(board, columns, tx),
    ownColumns: ownColumns(input.own ?? "", rows),
    numbers: numberNames(rows),
  };
}

/** The prompt categories a board can be cut by: those of its arena prompts, and those that have votes. */
async function readCategories(board: Board, tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ category: string }[]>`
    select category from prompts where prompt_set_id = ${board.promptSetId} and arena
    union select category from pair_counts where board_id = ${board.id}
    order by 1`;
  return rows.map((row) => row.category);
}

const rowModel = {
  endpoint: { select: { imageSize: true } },
} satisfies Prisma.ModelInclude;
type RowModel = Prisma.ModelGetPayload<{ include: typeof rowModel }>;

/** The newest snapshot of people and whichever judge has one. */
async function firstWithJudge(
  board: Board,
  judges: readonly { id: string }[],
  category: string,
  tx: Tx,
): Promise<SnapshotWithRows | null> {
  for (const { id } of judges) {
    const snapshot = await findNewestSnapshot(board.id, category, tx, judgeControl(id));
    if (snapshot !== null) return snapshot;
  }
  return null;
}

async function readRows(
  board: Board,
  snapshot: SnapshotWithRows | null,
  judged: SnapshotWithRows | null,
  tx: Tx,
): Promise<{ rows: LeaderboardRow[]; columns: MetricColumns }> {
  const models = await tx.model.findMany({
    where: onBoard(board),
    include: rowModel,
  });
  const elos = await tx.eloRating.findMany({ where: { boardId: board.id } });
  const { facts, columns } = await readModelFacts(
    models.map((model) => model.id),
    board.promptSetId,
    tx,
  );
  const rated = new Map(snapshot?.rows.map((row) => [row.modelId, row]));
  const withJudge = new Map(judged?.rows.map((row) => [row.modelId, row]));
  const elo = new Map(elos.map((row) => [row.modelId, row.rating]));
  const rows = models.map((model) =>
    leaderboardRow(model, {
      row: rated.get(model.id),
      judged: withJudge.get(model.id),
      elo: elo.get(model.id),
      facts: facts.get(model.id),
    }),
  );
  rows.sort(
    (x, y) =>
      (x.rank ?? Infinity) - (y.rank ?? Infinity) ||
      (y.rating ?? 0) - (x.rating ?? 0) ||
      x.name.localeCompare(y.name, "en"),
  );
  return { rows, columns };
}

type SnapshotRow = SnapshotWithRows["rows"][number];

function leaderboardRow(
  model: RowModel,
  known: { row?: SnapshotRow; judged?: SnapshotRow; elo?: number; facts?: ModelFacts },
): LeaderboardRow {
  const { row, judged, elo, facts } = known;
  // A rating without a vote is the prior's, not the model's.
  const rated = row !== undefined && row.rank !== null ? row : null;
  const price = model.pricePerImageUsd?.toNumber() ?? null;
  return {
    model: model.slug,
    modelId: model.id,
    name: model.name,
    creator: model.creator,
    submittedBy: submittedBy(model),
    rank: rated && rated.rank,
    rankLow: rated && rated.rankLow,
    rankHigh: rated && rated.rankHigh,
    rating: rated && rated.rating,
    ratingLow: rated && rated.low,
    ratingHigh: rated && rated.high,
    withJudge:
      judged && judged.rank !== null ? { rating: judged.rating, low: judged.low, high: judged.high } : null,
    elo: elo ?? null,
    votes: rated?.games ?? 0,
    winRate: rated && (rated.wins + rated.ties / 2) / rated.games,
    pricePerImageUsd: price,
    pricePerMegapixelUsd: pricePerMegapixel(price, model.endpoint?.imageSize),
    medianLatencyMs: facts?.medianLatencyMs ?? null,
    released: model.releasedAt?.toISOString().slice(0, 10) ?? null,
    openWeights: model.openWeights,
    paradigm: model.paradigm,
    architecture: model.architecture,
    representation: model.representation,
    textConditioning: model.textConditioning,
    metrics: facts?.metrics ?? {},
    bestRun: facts?.runId ?? null,
    files: facts?.files ?? null,
  };
}

/** US dollars for a million pixels at the size the endpoint is asked for, such as "1024x1024". */
function pricePerMegapixel(pricePerImageUsd: number | null, imageSize: string | undefined): number | null {
  const [width, height] = (imageSize ?? "").split("x").map(Number);
  return pricePerImageUsd !== null && width > 0 && height > 0
    ? pricePerImageUsd / ((width * height) / 1e6)
    : null;
}
