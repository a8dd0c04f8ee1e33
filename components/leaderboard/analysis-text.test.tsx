import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Analysis } from "@/components/leaderboard/analysis";
import {
  fragilityText,
  methodText,
  powerText,
  PRACTICALLY_EQUAL_VOTES,
  withAnalysisTexts,
} from "@/components/leaderboard/analysis-text";
import { Neighbours } from "@/components/leaderboard/neighbours";
import { FragilityBadge } from "@/components/leaderboard/fragility-badge";
import { boardAnalysisResponse, type BoardAnalysis } from "@/lib/schemas/board-analysis";

afterEach(cleanup);

const analysis: BoardAnalysis = {
  snapshot: { id: "snp_1", votes: 1300, createdAt: "2026-11-29T18:52:00.000Z" },
  models: [
    { slug: "a", name: "Alpha" },
    { slug: "b", name: "Beta" },
  ],
  pairs: [],
  methods: [{ name: "four", own: true, independent: false, ranks: [] }],
  fragility: { votes: 12, share: 12 / 1300, first: "a", successor: "b" },
  power: [{ a: "a", b: "b", separated: false, directVotes: 1200, boardVotes: 5000 }],
  ties: null,
  exclusions: [],
  notes: [],
};

test("what holds up the first place and what would settle the order is told with its numbers", () => {
  expect(fragilityText(analysis)).toBe("Without 12 of 1,300 votes Beta would be first.");
  expect(fragilityText({ ...analysis, fragility: null })).toBeNull();
  const [power] = analysis.power;
  expect(powerText(analysis, power)).toBe(
    "About 1,200 more votes between Alpha and Beta would tell them apart.",
  );
  expect(powerText(analysis, { ...power, directVotes: 1 })).toMatch(/^About 1 more vote between/);
  for (const directVotes of [null, PRACTICALLY_EQUAL_VOTES + 1, 4_277_993])
    expect(powerText(analysis, { ...power, directVotes })).toBe("Alpha and Beta are practically equal.");
  expect(powerText(analysis, { ...power, separated: true })).toBe("Alpha and Beta are told apart.");
});

test.each([
  ["four", true, false, "Ties and both-bad as outcomes of their own, pairwise rank spread"],
  ["davidson", false, false, "Davidson's model of ties"],
  ["reweighted", false, true, "Every pair counts alike, votes as independent"],
  ["independent", false, true, "The same, every vote taken as independent"],
  ["elo", false, false, "Online Elo, which depends on the order of the votes"],
] as const)("method %s (own %s, independent %s) is named in words", (name, own, independent, text) => {
  expect(methodText({ name, own, independent })).toBe(text);
});

test("the API's analysis carries the sentences that the page shows", () => {
  expect(boardAnalysisResponse.parse(withAnalysisTexts(analysis))).toMatchObject({
    fragility: { text: "Without 12 of 1,300 votes Beta would be first." },
    power: [{ text: "About 1,200 more votes between Alpha and Beta would tell them apart." }],
    methods: [{ label: "Ties and both-bad as outcomes of their own, pairwise rank spread" }],
  });
});

test("an analysis says which ranking it speaks of, by how many votes", () => {
  render(<Analysis board="ours" analysis={analysis} history={{ models: [], points: [] }} />);
  expect(screen.getByText("Of the ranking by 1,300 votes of 29 Nov 2026, 18:52 UTC.")).toBeTruthy();
  expect(screen.getByText("Pair by pair")).toBeTruthy();
});

test("neighbours stand in one table: told apart, practically equal, or with the votes that would settle it", () => {
  const models = ["Alpha", "Beta", "Gamma", "Delta"].map((name) => ({ slug: name.toLowerCase(), name }));
  const pair = (a: string, b: string, separated: boolean, directVotes: number | null) => ({
    ...{ a, b, separated, directVotes, boardVotes: null },
  });
  const power = [
    pair("alpha", "beta", true, 3),
    pair("beta", "gamma", false, 1200),
    pair("gamma", "delta", false, 4_277_993),
  ];
  render(<Neighbours models={models} power={power} />);
  expect(screen.getAllByRole("row").map((row) => [...row.children].map((cell) => cell.textContent))).toEqual([
    ["Neighbours in rank", "Told apart", "More votes on the two"],
    ["Alpha and Beta", "yes", "–"],
    ["Beta and Gamma", "no", "about 1,200"],
    ["Gamma and Delta", "no", "practically equal"],
  ]);
});

test("before the first analysis the page says that it follows, and claims nothing of the first place", () => {
  const none: BoardAnalysis = {
    ...analysis,
    snapshot: null,
    models: [],
    methods: [],
    fragility: null,
    power: [],
  };
  const badge = render(<FragilityBadge analysis={none} />);
  expect(badge.container.textContent).toBe("");
  render(<Analysis board="ours" analysis={none} history={{ models: [], points: [] }} />);
  expect(screen.getByText(/has not been computed yet/)).toBeTruthy();
  expect(screen.queryByText(/tell every two neighbours/)).toBeNull();
  expect(screen.queryByText("Pair by pair")).toBeNull();
});

test("a first place that no removal of votes changes is firm once its model has enough of them, and not before", async () => {
  const held = {
    ...analysis,
    fragility: null,
    pairs: analysis.pairs.map((pair) => ({ ...pair, separated: true })),
  };
  const text = (isProvisional: boolean) =>
    render(<FragilityBadge analysis={held} isProvisional={isProvisional} />).container.querySelector("a")
      ?.textContent;
  expect(text(false)).toBe("First place is firm");
  expect(text(true)).toBe("First place is not settled yet");
  // Why, by keyboard and finger too.
  fireEvent.click(screen.getAllByRole("button", { name: "What this means: how firm first place is" })[1]);
  // What opens it is loaded now.
  await screen.findByText("The leader has too few votes yet.", {}, { timeout: 15_000 });
});
