import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { comparedPair, firstPlace, rankedMethod } from "@/lib/schemas/board-analysis";

/** SnapshotAnalysis.analysis, models by id. */
export const snapshotAnalysis = z.object({
  pairs: z.array(comparedPair),
  methods: z.array(rankedMethod),
  fragility: firstPlace.nullable(),
});

export type SnapshotAnalysis = z.output<typeof snapshotAnalysis>;

/**
 * Keep an analysis in place of the last one of its board and category, never of a newer ranking.
 * @returns whether it is kept; its snapshot may have been thinned meanwhile
 */
export async function storeAnalysis(
  of: { boardId: string; category: string; snapshotId: string; analysis: SnapshotAnalysis },
  tx: Tx,
): Promise<boolean> {
  const { boardId, category, snapshotId, analysis } = of;
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${"salon-analysis:" + boardId}, 0))`;
  const where = { boardId_category: { boardId, category } };
  const select = { id: true, createdAt: true };
  const snapshot = await tx.ratingSnapshot.findUnique({ where: { id: snapshotId }, select });
  const last = await tx.snapshotAnalysis.findUnique({ where, select: { snapshot: { select } } });
  if (snapshot === null || (last && isNewer(last.snapshot, snapshot))) return false;
  await tx.snapshotAnalysis.upsert({
    where,
    create: { boardId, category, snapshotId, analysis },
    update: { snapshotId, analysis, createdAt: new Date() },
  });
  return true;
}

/** What a board's fit expects of a model against each other one by id, ties counting half, as the newest analysis has it. */
export async function findPredictions(
  boardId: string,
  modelId: string,
  tx: Tx,
): Promise<Map<string, number>> {
  const rows = await tx.$queryRaw<{ opponent: string; predicted: number }[]>`
    select pair->>'b' as opponent, (pair->>'predicted')::float8 as predicted
    from snapshot_analyses, jsonb_path_query(analysis, '$.pairs[*] ? (@.a == $model)',
      jsonb_build_object('model', ${modelId}::text)) pair
    where board_id = ${boardId} and category = ''`;
  return new Map(rows.map(({ opponent, predicted }) => [opponent, predicted]));
}

/** What a board's newest analysis says of each two of some models by id, in both directions. */
export async function findPairs(
  boardId: string,
  modelIds: string[],
  tx: Tx,
): Promise<z.output<typeof comparedPair>[]> {
  const rows = await tx.$queryRaw<{ pair: unknown }[]>`
    select pair from snapshot_analyses,
      jsonb_path_query(analysis, '$.pairs[*] ? (@.a == $models[*] && @.b == $models[*])',
        jsonb_build_object('models', to_jsonb(${modelIds}::text[]))) pair
    where board_id = ${boardId} and category = ''`;
  return rows.map(({ pair }) => comparedPair.parse(pair));
}

/** In the order in which snapshots are found: by time, then by id. */
function isNewer(one: { id: string; createdAt: Date }, than: { id: string; createdAt: Date }): boolean {
  const apart = one.createdAt.getTime() - than.createdAt.getTime();
  return apart > 0 || (apart === 0 && one.id > than.id);
}

/** The newest analysis of a board and category with the snapshot it is of, rows best first; null before the first. */
export async function findAnalysis(boardId: string, category: string, tx: Tx) {
  const stored = await tx.snapshotAnalysis.findUnique({
    where: { boardId_category: { boardId, category } },
    include: {
      snapshot: {
        omit: { covariance: true },
        include: { rows: { orderBy: [{ rank: { sort: "asc", nulls: "last" } }, { rating: "desc" }] } },
      },
    },
  });
  return stored && { snapshot: stored.snapshot, analysis: snapshotAnalysis.parse(stored.analysis) };
}
