import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { Analysis } from "@/components/leaderboard/analysis";
import {
  fragilityText,
  methodText,
  powerText,
  withAnalysisTexts,
} from "@/components/leaderboard/analysis-text";
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
  expect(powerText(analysis, { ...power, directVotes: null })).toMatch(/^Alpha and Beta look equal/);
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
  render(<Analysis analysis={analysis} history={{ models: [], points: [] }} />);
  expect(screen.getByText("Of the ranking by 1,300 votes of 29 Nov 2026, 18:52 UTC.")).toBeTruthy();
  expect(screen.getByText("Pair by pair")).toBeTruthy();
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
  render(<Analysis analysis={none} history={{ models: [], points: [] }} />);
  expect(screen.getByText(/has not been computed yet/)).toBeTruthy();
  expect(screen.queryByText(/tell every two neighbours/)).toBeNull();
  expect(screen.queryByText("Pair by pair")).toBeNull();
});
