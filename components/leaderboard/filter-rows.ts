import type { TableState } from "@/components/leaderboard/table-state";
import { costOf } from "@/components/leaderboard/value-points";
import type { LeaderboardRow } from "@/lib/schemas/leaderboard";

const MS = 1000;

/** The rows that a state lets through. What is not known of a model does not meet a limit. */
export function filterRows(rows: LeaderboardRow[], state: TableState): LeaderboardRow[] {
  const wanted = state.query.trim().toLowerCase();
  return rows.filter(
    (row) =>
      (!wanted || `${row.name} ${row.creator} ${row.model}`.toLowerCase().includes(wanted)) &&
      (state.openWeights === null || row.openWeights === (state.openWeights === "yes")) &&
      (state.licence === null || row.licence === state.licence) &&
      (state.paradigm === null || row.paradigm === state.paradigm) &&
      isWithin(costOf(row, "price"), state.maxPrice) &&
      isWithin(costOf(row, "latency"), state.maxLatency === null ? null : state.maxLatency * MS) &&
      isWithin(row.parameters, state.maxSize),
  );
}

const isWithin = (value: number | null, limit: number | null) =>
  limit === null || (value !== null && value <= limit);

/** How many models a limit leaves out only because their price, speed or size is not known. */
export function unknownCosts(
  rows: LeaderboardRow[],
  state: TableState,
): { price: number; latency: number; size: number } {
  const unknown = (part: Partial<TableState>, isKnown: (row: LeaderboardRow) => boolean) =>
    filterRows(rows, { ...state, ...part }).filter((row) => !isKnown(row)).length;
  return {
    price: state.maxPrice === null ? 0 : unknown({ maxPrice: null }, (row) => costOf(row, "price") !== null),
    latency:
      state.maxLatency === null ? 0 : unknown({ maxLatency: null }, (row) => costOf(row, "latency") !== null),
    size: state.maxSize === null ? 0 : unknown({ maxSize: null }, (row) => row.parameters !== null),
  };
}

/**
 * Round limits (1, 2, 5, 10 ...) that each let some of the values through and not all of them, smallest first.
 * @param chosen one that a link asks for: it stays among them
 */
export function limitSteps(values: readonly (number | null)[], chosen: number | null): number[] {
  const known = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...known), Math.max(...known)];
  const steps = new Set(chosen === null ? [] : [chosen]);
  if (known.length > 0) {
    if (least === 0 && most > 0) steps.add(0);
    const positive = known.filter((value) => value > 0);
    const from = Math.floor(Math.log10(Math.min(...positive, most || 1)));
    for (let power = from; 10 ** power < most; power++) {
      for (const factor of [1, 2, 5]) {
        const step = Number((factor * 10 ** power).toPrecision(1));
        if (step >= Math.min(...positive) && step < most) steps.add(step);
      }
    }
  }
  return [...steps].sort((a, b) => a - b);
}
