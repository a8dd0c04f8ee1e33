import { db, type Tx } from "@/lib/db/client";
import { proxyAgreement } from "@/lib/rubrics/report/proxy-agreement";
import { findBoard } from "@/lib/boards/find-board";
import { findNewestSnapshot } from "@/lib/snapshots/find-snapshot";
import { findTellingPrompts } from "@/lib/pages/discriminating-prompts";
import { readBoardRows } from "@/lib/pages/board-rows";
import { snapshotDetails, unpackCovariance } from "@/lib/snapshots/snapshot-details";
import { POINTS_PER_LOGIT } from "@/lib/ratings/scale";
import type { AgreementView, ProxyView } from "@/lib/schemas/agreement";
import type { LeaderboardRow } from "@/lib/schemas/leaderboard";
import { latency, price } from "@/lib/schemas/metrics/cost";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";
import type { MetricDefinition } from "@/lib/schemas/metrics/metric-definition";

/** Misled pairs shown a proxy. */
const SHOWN = 3;

/**
 * How far each metric, judge, price and latency of a board orders its models as people do, and where it misleads most.
 * A proxy's values are compared under one protocol only: the one that most models have.
 * @throws SalonError "not_found" for an unknown board
 */
export async function readAgreement(input: { board: string }, tx: Tx = db()): Promise<AgreementView> {
  const board = await findBoard(input.board, tx);
  const snapshot = await findNewestSnapshot(board.id, "", tx);
  const { rows } = await readBoardRows(board, { snapshot }, tx);
  const rated = rows.filter((row) => row.rating !== null);
  if (snapshot === null || rated.length === 0) {
    return { board: { slug: board.slug, name: board.name }, snapshot: null, models: [], proxies: [] };
  }
  const { covariance } = await tx.ratingSnapshot.findUniqueOrThrow({
    where: { id: snapshot.id },
    select: { covariance: true },
  });
  const { models } = snapshotDetails.parse(snapshot.details);
  const ratings = new Map(snapshot.rows.map((row) => [row.modelId, row.rating]));
  const people = {
    models,
    theta: Float64Array.from(models, (id) => (ratings.get(id) ?? NaN) / POINTS_PER_LOGIT),
    covariance: unpackCovariance(covariance),
  };
  const proxies: ProxyView[] = [];
  for (const proxy of proxyValues(rated)) {
    const { tau, misled } = proxyAgreement(
      people,
      new Map(proxy.points.map(({ id, value }) => [id, value])),
      proxy.better,
    );
    const told = await findTellingPrompts(board, misled.slice(0, SHOWN), tx);
    const slug = new Map(rated.map((row) => [row.modelId, row.model]));
    proxies.push({
      id: proxy.id,
      better: proxy.better,
      points: proxy.points.map(({ model, value, low, high, n }) => ({ model, value, low, high, n })),
      missing: proxy.missing,
      tau,
      misled: told.map(({ better, worse, ...rest }) => ({
        better: slug.get(better)!,
        worse: slug.get(worse)!,
        ...rest,
      })),
    });
  }
  return {
    board: { slug: board.slug, name: board.name },
    snapshot: { id: snapshot.id, votes: snapshot.votes, createdAt: snapshot.createdAt.toISOString() },
    models: rated.map((row) => ({
      slug: row.model,
      name: row.name,
      rating: row.rating!,
      low: row.ratingLow!,
      high: row.ratingHigh!,
    })),
    proxies,
  };
}

type Values = Pick<ProxyView, "id" | "better" | "missing"> & {
  points: (ProxyView["points"][number] & { id: string })[];
};

/** What each row has of each proxy, under the protocol that most rows have. */
function proxyValues(rows: readonly LeaderboardRow[]): Values[] {
  const all = new Set(rows.flatMap((row) => Object.keys(row.metrics)));
  const metrics = [...all].filter((name) => !describeMetric(name).detail).sort();
  const cost = ({ name, better }: MetricDefinition, of: (row: LeaderboardRow) => number | null): Values => ({
    id: name,
    better,
    points: rows.flatMap((row) => {
      const value = of(row);
      return value === null
        ? []
        : [{ id: row.modelId, model: row.model, value, low: null, high: null, n: null }];
    }),
    missing: rows.flatMap((row) =>
      of(row) === null ? [{ model: row.model, reason: "no value" as const }] : [],
    ),
  });
  return [
    ...metrics.map((name): Values => {
      const protocol = mostCommon(rows.flatMap((row) => row.metrics[name]?.protocol ?? []));
      const same = (row: LeaderboardRow) => row.metrics[name]?.protocol === protocol;
      return {
        id: name,
        better: describeMetric(name).better,
        points: rows.filter(same).map((row) => {
          const { value, low, high, n } = row.metrics[name];
          return { id: row.modelId, model: row.model, value, low, high, n };
        }),
        missing: rows
          .filter((row) => !same(row))
          .map((row) => ({ model: row.model, reason: row.metrics[name] ? "another protocol" : "no value" })),
      };
    }),
    cost(price, (row) => row.pricePerImageUsd),
    cost(latency, (row) => row.medianLatencyMs),
  ].filter(({ points }) => points.length > 0);
}

/** Of equals the first by code unit, so that the choice does not depend on the order of rows. */
function mostCommon(names: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const name of [...names].sort()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0];
}
