import { getCoreRowModel, getSortedRowModel, useReactTable } from "@tanstack/react-table";
import { renderHook } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { leaderboardColumns } from "@/components/leaderboard/columns";
import { metricFace } from "@/components/leaderboard/metrics";
import type { LeaderboardRow } from "@/lib/schemas/leaderboard";

const METRIC = "fd-toybox";

function row(name: string, metric: { value: number; comparable: boolean } | null): LeaderboardRow {
  return {
    model: name,
    modelId: name,
    name,
    creator: "Tests",
    submittedBy: "operator",
    rank: null,
    rankLow: null,
    rankHigh: null,
    rating: null,
    ratingLow: null,
    ratingHigh: null,
    withJudge: null,
    elo: null,
    votes: 0,
    winRate: null,
    pricePerImageUsd: null,
    pricePerMegapixelUsd: null,
    medianLatencyMs: null,
    released: null,
    openWeights: null,
    paradigm: null,
    architecture: null,
    representation: null,
    textConditioning: null,
    metrics:
      (metric && {
        [METRIC]: {
          low: null,
          high: null,
          n: 10,
          protocol: "p",
          caveat: null,
          commonPrompts: false,
          ...metric,
        },
      }) ||
      {},
    bestRun: null,
    files: null,
  };
}

/** The models' names in a table sorted by a metric. */
function sorted(data: LeaderboardRow[], desc: boolean): string[] {
  const columns = leaderboardColumns(null, [METRIC]);
  const { result } = renderHook(() =>
    useReactTable({
      data,
      columns,
      state: { sorting: [{ id: METRIC, desc }] },
      getCoreRowModel: getCoreRowModel(),
      getSortedRowModel: getSortedRowModel(),
    }),
  );
  return result.current.getSortedRowModel().rows.map(({ original }) => original.name);
}

describe("sorted by a metric", () => {
  const rows = [
    row("of another protocol, lowest", { value: 1, comparable: false }),
    row("worse", { value: 30, comparable: true }),
    row("of another protocol, highest", { value: 99, comparable: false }),
    row("without a value", null),
    row("better", { value: 20, comparable: true }),
  ];

  test.each([
    [false, ["better", "worse"]],
    [true, ["worse", "better"]],
  ])(
    "what may not be compared is ranked by its value in neither direction (descending: %s)",
    (desc, first) => {
      const names = sorted(rows, desc);
      expect(names.slice(0, 2)).toEqual(first);
      // In the order they came in.
      expect(names.slice(2)).toEqual([
        "of another protocol, lowest",
        "of another protocol, highest",
        "without a value",
      ]);
    },
  );
});

describe("the first sorting of a metric puts the best on top", () => {
  test.each([
    ["fd-toybox", "lower"],
    ["fid", "lower"],
    ["fvd", "lower"],
    ["fd-DINOv2", "lower"],
    ["fvd-other", "lower"],
    ["grader-alignment", "higher"],
    ["contrastive-alignment", "higher"],
    ["judge:toybox-judge:viescore@1", "higher"],
    ["judge:toybox-judge:checklist@1:q2", "higher"],
    ["something-new", "higher"],
  ] as const)("%s: %s is better", (name, better) => {
    expect(metricFace(name).better).toBe(better);
    const column = leaderboardColumns(null, [name]).find(({ id }) => id === name);
    expect(column?.sortDescFirst).toBe(better === "higher");
  });
});
