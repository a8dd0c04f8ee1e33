import type { FoundBoard } from "@/lib/boards/find-board";
import type { Tx } from "@/lib/db/client";
import type { Model, Prisma } from "@/lib/db/generated/client";
import { onBoard } from "@/lib/boards/board-models";
import { submittedBy } from "@/lib/models/visibility";
import { findNewestSnapshot, judgeControl, type SnapshotWithRows } from "@/lib/snapshots/find-snapshot";
import { readModelFacts, type MetricColumns, type ModelFacts } from "@/lib/scores/model-facts";
import { licenceOf, parameterCountOf } from "@/lib/models/weights-facts";
import type { LeaderboardRow, RankedModel } from "@/lib/schemas/leaderboard";

/** The newest snapshot of people and whichever judge has one. */
export async function findFirstJudged(
  board: FoundBoard,
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

const rowModel = {
  endpoint: { select: { imageSize: true } },
} satisfies Prisma.ModelInclude;
type RowModel = Prisma.ModelGetPayload<{ include: typeof rowModel }>;

/**
 * A board's rows: ranked models best first, then the listed models that no vote has rated yet, by name.
 * @param fits the snapshot that ranks them, and the one of people and a judge whose ratings stand beside it
 * @param only ids: rows of these alone. What a metric's values share is then what they share.
 */
export async function readBoardRows(
  board: FoundBoard,
  { snapshot, judged = null }: { snapshot: SnapshotWithRows | null; judged?: SnapshotWithRows | null },
  tx: Tx,
  only?: string[],
): Promise<{ rows: LeaderboardRow[]; columns: MetricColumns }> {
  const models = await tx.model.findMany({
    where: { ...onBoard(board), ...(only && { id: { in: only } }) },
    include: rowModel,
  });
  const elos = await tx.eloRating.findMany({
    where: { boardId: board.id, ...(only && { modelId: { in: only } }) },
  });
  const { facts, columns } = await readModelFacts(
    models.map((model) => model.id),
    board,
    tx,
  );
  const rated = new Map(snapshot?.rows.map((row) => [row.modelId, row]));
  const withJudge = new Map(judged?.rows.map((row) => [row.modelId, row]));
  const elo = new Map(elos.map((row) => [row.modelId, row.rating]));
  const rows = models.map((model) =>
    leaderboardRow(board, model, {
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

/** Who a row is of, and where the votes rank it. */
export function rankingOf(
  board: Pick<FoundBoard, "provisionalVotes">,
  model: Pick<Model, "id" | "slug" | "name" | "creator" | "bundled" | "submitterId">,
  row: SnapshotRow | undefined,
): RankedModel {
  // A rating without a vote is the prior's, not the model's.
  const rated = row !== undefined && row.rank !== null ? row : null;
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
    votes: rated?.games ?? 0,
    provisional: rated !== null && rated.games < board.provisionalVotes,
  };
}

function leaderboardRow(
  board: FoundBoard,
  model: RowModel,
  known: { row?: SnapshotRow; judged?: SnapshotRow; elo?: number; facts?: ModelFacts },
): LeaderboardRow {
  const { row, judged, elo, facts } = known;
  const rated = row !== undefined && row.rank !== null ? row : null;
  const price = model.pricePerImageUsd?.toNumber() ?? null;
  return {
    ...rankingOf(board, model, row),
    withJudge:
      judged && judged.rank !== null ? { rating: judged.rating, low: judged.low, high: judged.high } : null,
    elo: elo ?? null,
    winRate: rated && (rated.wins + rated.ties / 2) / rated.games,
    pricePerImageUsd: price,
    pricePerMegapixelUsd: pricePerMegapixel(price, model.endpoint?.imageSize),
    medianLatencyMs: facts?.medianLatencyMs ?? null,
    released: model.releasedAt?.toISOString().slice(0, 10) ?? null,
    openWeights: model.openWeights,
    licence: licenceOf(model),
    parameters: parameterCountOf(model),
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
