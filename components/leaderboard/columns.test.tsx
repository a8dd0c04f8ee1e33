import { renderHook } from "@testing-library/react";
import { useTranslations } from "next-intl";
import { describe, expect, test } from "vitest";
import { sortRows } from "@/components/leaderboard/board-column";
import { leaderboardColumns } from "@/components/leaderboard/columns";
import { useFormat } from "@/components/use-format";
import type { LeaderboardRow } from "@/lib/schemas/leaderboard";

const METRIC = "fd-toybox";

function row(
  name: string,
  metric: { value: number; comparable: boolean } | null,
  metricName = METRIC,
): LeaderboardRow {
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
    provisional: false,
    pricePerMegapixelUsd: null,
    medianLatencyMs: null,
    released: null,
    openWeights: null,
    licence: null,
    parameters: null,
    paradigm: null,
    architecture: null,
    representation: null,
    textConditioning: null,
    metrics:
      (metric && {
        [metricName]: {
          low: null,
          high: null,
          n: 10,
          protocol: "p",
          caveat: null,
          commonPrompts: false,
          soFar: false,
          ...metric,
        },
      }) ||
      {},
    bestRun: null,
    files: null,
  };
}

/** The columns of a board with this metric. */
const columnsOf = (metric: string) =>
  renderHook(() =>
    leaderboardColumns(useTranslations("leaderboard"), useFormat(), null, [metric], { isVideo: false }),
  ).result.current;

/** The models' names in a table sorted by a metric. */
function sorted(data: LeaderboardRow[], desc: boolean, metric = METRIC): string[] {
  const columns = columnsOf(metric);
  return sortRows(
    data,
    columns.find(({ id }) => id === metric),
    desc,
  ).map(({ name }) => name);
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

  test.each([false, true])("a metric of unknown direction orders nothing (descending: %s)", (desc) => {
    const metric = "something-new";
    const rows = [5, 1, 3].map((value) => row(`${value}`, { value, comparable: true }, metric));
    expect(sorted(rows, desc, metric)).toEqual(["5", "1", "3"]);
  });

  test("of a share that is best at one half the nearest stands first", () => {
    const metric = "c2st";
    const rows = [0.9, 0.45, 0.2, 0.51].map((value) => row(`${value}`, { value, comparable: true }, metric));
    expect(sorted(rows, false, metric)).toEqual(["0.51", "0.45", "0.2", "0.9"]);
  });
});

test.each([
  ["fd-toybox", false],
  ["fid", false],
  ["grader-alignment", true],
  ["judge:toybox-judge:viescore@1", true],
  ["c2st", false],
])("the first sorting by %s puts the best on top (descending: %s)", (name, descending) => {
  const column = columnsOf(name).find(({ id }) => id === name);
  expect(column).toMatchObject({ enableSorting: true, sortDescFirst: descending });
});
