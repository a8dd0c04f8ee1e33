import { compileOwnColumn, readOwnColumns } from "@/lib/ratings/own-columns";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";
import { describeMetric } from "@/lib/schemas/metrics/describe-metric";
import { frechetDistance } from "@/lib/schemas/metrics/frechet-distance";

/**
 * A reader's columns, computed for every row of a board: `name=formula;name=formula` over the row's numbers. A value is
 * null where a number it needs is missing. A wrong formula says where, and has no values.
 */
export function ownColumns(text: string, rows: LeaderboardRow[]): Leaderboard["ownColumns"] {
  const numbers = rows.map((row) => rowNumbers(row));
  const names = numberNames(rows);
  return readOwnColumns(text).map((column) => {
    const { name, formula, run, error } = compileOwnColumn(column, names);
    const values = run === null ? [] : rows.map((row, i) => [row.model, run(numbers[i])] as const);
    return { name, formula, error, values: Object.fromEntries(values) };
  });
}

/** The names a formula may use on these rows. */
export function numberNames(rows: LeaderboardRow[]): string[] {
  return [...new Set([...Object.keys(FACTS), ...rows.flatMap((row) => Object.keys(rowNumbers(row)))])];
}

const FACTS: Record<string, (row: LeaderboardRow) => number | null> = {
  rating: (row) => row.rating,
  ratingLow: (row) => row.ratingLow,
  ratingHigh: (row) => row.ratingHigh,
  elo: (row) => row.elo,
  rank: (row) => row.rank,
  votes: (row) => row.votes,
  winRate: (row) => row.winRate,
  /** US dollars an image. */
  price: (row) => row.pricePerImageUsd,
  pricePerMegapixel: (row) => row.pricePerMegapixelUsd,
  /** Milliseconds. */
  latency: (row) => row.medianLatencyMs,
  openWeights: (row) => (row.openWeights === null ? null : Number(row.openWeights)),
};

/**
 * A row's numbers by the names of formulas: facts, and each metric with its dashes as underscores, null where it is of another
 * protocol than its column's; `fd` is the bundled encoder's distance, or else the first.
 */
function rowNumbers(row: LeaderboardRow): Record<string, number | null> {
  const numbers: Record<string, number | null> = {};
  const metrics = Object.entries(row.metrics).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [metric, { value, comparable }] of metrics) {
    const number = comparable ? value : null;
    numbers[metric.replace(/\W/g, "_")] = number;
    if (describeMetric(metric).metric === frechetDistance.name) numbers.fd ??= number;
    if (metric === "fd-toybox") numbers.fd = number;
  }
  for (const [name, read] of Object.entries(FACTS)) numbers[name] = read(row);
  return numbers;
}
