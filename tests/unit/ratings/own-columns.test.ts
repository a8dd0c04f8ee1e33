import { expect, test } from "vitest";
import { leaderboardCsv } from "@/lib/pages/leaderboard-csv";
import { numberNames, ownColumns } from "@/lib/pages/custom-columns";
import { MOST_OWN_COLUMNS, readOwnColumns } from "@/lib/ratings/own-columns";
import type { Leaderboard, LeaderboardRow } from "@/lib/schemas/leaderboard";

const row = (model: string, facts: Partial<LeaderboardRow>): LeaderboardRow => ({
  model,
  modelId: model,
  name: model,
  creator: "",
  submittedBy: "operator",
  rank: 1,
  rankLow: 1,
  rankHigh: 1,
  rating: 1000,
  ratingLow: 990,
  ratingHigh: 1010,
  withJudge: null,
  elo: 1000,
  votes: 10,
  winRate: 0.5,
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
  metrics: {},
  bestRun: null,
  files: null,
  ...facts,
});
const fd = {
  value: 12.5,
  low: null,
  high: null,
  n: 100,
  protocol: "p",
  caveat: null,
  comparable: true,
  commonPrompts: false,
  soFar: false,
};
const rows = [
  row("cheap", { elo: 1200, pricePerImageUsd: 0.01, metrics: { "fd-toybox": fd } }),
  row("dear", { elo: 1300, pricePerImageUsd: 1000 }),
  row("unpriced", {}),
];

test("a column is computed for every row, and missing where a number is missing", () => {
  const [column, other] = ownColumns("Value=elo / log10(price);fd + votes", rows);
  expect(column).toEqual({
    name: "Value",
    formula: "elo / log10(price)",
    error: null,
    values: { cheap: -600, dear: 1300 / 3, unpriced: null },
  });
  // Without a name the formula is the name; fd is the first Fréchet distance, under its own name too.
  expect(other.name).toBe("fd + votes");
  expect(other.values).toEqual({ cheap: 22.5, dear: null, unpriced: null });
  expect(numberNames(rows)).toEqual(expect.arrayContaining(["elo", "price", "latency", "fd", "fd_toybox"]));
});

test("a wrong formula says where and leaves the other columns alone", () => {
  const [wrong, right] = ownColumns("Odd=elo / prize;Double=2*elo", rows);
  expect(wrong.error).toEqual({ position: 6, message: "there is no column prize" });
  expect(wrong.values).toEqual({});
  expect(right.error).toBeNull();
  expect(ownColumns("X=(elo", rows)[0].error).toMatchObject({ position: expect.any(Number) as number });
});

test("a link's columns are bounded, and empty ones dropped", () => {
  expect(readOwnColumns("")).toEqual([]);
  expect(readOwnColumns(";;a=;  ;b = elo ")).toEqual([{ name: "b", formula: "elo" }]);
  expect(readOwnColumns(Array(20).fill("x=elo").join(";"))).toHaveLength(MOST_OWN_COLUMNS);
  expect(readOwnColumns(`${"n".repeat(100)}=elo`)[0].name).toHaveLength(40);
});

test("the CSV carries own columns last, a hostile name as text", () => {
  const board: Leaderboard = {
    board: { slug: "b", name: "b", description: "", isVideo: false },
    category: null,
    categories: [],
    promptSets: [{ slug: "toybox", name: "Toybox" }],
    metricSet: "toybox",
    apartVotes: 0,
    snapshot: null,
    judges: [],
    withJudge: null,
    styleControl: null,
    rows,
    metricColumns: {},
    ownColumns: ownColumns("Value=elo/log10(price);+cmd|x!=elo*2", rows),
    numbers: [],
  };
  const [header, first, , third] = leaderboardCsv(board).split("\r\n");
  expect(header).toMatch(/,Value,'\+cmd\|x!$/);
  expect(first).toMatch(/,-600,2400$/);
  expect(third).toMatch(/,,2000$/);
});

test("a value of another protocol than its column's is no number to reckon with", () => {
  const apart = row("apart", { metrics: { "fd-toybox": { ...fd, value: 1, comparable: false } } });
  const [column] = ownColumns("x=fd_toybox", [...rows, apart]);
  expect(column.values).toMatchObject({ cheap: 12.5, apart: null });
});

test("`fd` stays the bundled encoder's distance when another encoder comes first by name", () => {
  const both = row("both", { metrics: { "fd-toybox": fd, "fd-another": { ...fd, value: 3 } } });
  expect(ownColumns("x=fd", [both])[0].values).toEqual({ both: 12.5 });
  const other = row("other", { metrics: { fid: { ...fd, value: 3 } } });
  expect(ownColumns("x=fd", [other])[0].values).toEqual({ other: 3 });
});
