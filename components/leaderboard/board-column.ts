import type { ReactNode } from "react";
import type { LeaderboardRow } from "@/lib/schemas/leaderboard";

/** A column of a board. */
export type BoardColumn = {
  id: string;
  /** What its rows are sorted by; undefined: nothing, and the row stands last in both directions. */
  value: (row: LeaderboardRow) => string | number | undefined;
  cell: (row: LeaderboardRow) => ReactNode;
  enableHiding?: boolean;
  enableSorting?: boolean;
  /** Whether the largest value stands first when it is first sorted by. */
  sortDescFirst?: boolean;
  meta: {
    label: string;
    meaning?: string;
    align?: "right";
    /** Drawn under the label. */
    under?: ReactNode;
    /** Takes the room that is left. */
    grows?: boolean;
  };
};

/** Rows by a column, equal ones in the order that they came in; by no column, as they came. */
export function sortRows(
  rows: readonly LeaderboardRow[],
  column: BoardColumn | undefined,
  desc: boolean,
): LeaderboardRow[] {
  if (column === undefined || column.enableSorting === false) return [...rows];
  const valued = rows.map((row) => ({ row, value: column.value(row) }));
  valued.sort(({ value: x }, { value: y }) => {
    if (x === undefined || y === undefined) return Number(x === undefined) - Number(y === undefined);
    return desc ? compare(y, x) : compare(x, y);
  });
  return valued.map(({ row }) => row);
}

const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

function compare(x: string | number, y: string | number): number {
  return typeof x === "number" && typeof y === "number" ? x - y : words.compare(String(x), String(y));
}
