import { describe, expect, test } from "vitest";
import { intervalsText, judgeText, styleMissingText, withTexts } from "@/components/leaderboard/board-text";
import type { Leaderboard, WithJudge } from "@/lib/schemas/leaderboard";

const voters = { label: "voter" as const, clusters: 22, effective: 21 };
const prompts = { label: "prompt" as const, clusters: 4, effective: 4 };

describe("what intervals allow for is told with its numbers", () => {
  test.each([
    [{ clusteredBy: [], clusters: [] }, "Intervals take every vote as independent."],
    [
      { clusteredBy: ["voter" as const], clusters: [voters, prompts] },
      "Intervals allow for votes of one voter going together: 22 voters. 4 prompts are too few to show how much prompts differ, so the intervals speak of these alone.",
    ],
    [
      {
        clusteredBy: ["voter" as const, "prompt" as const],
        clusters: [{ ...voters, effective: 9.6 }, prompts],
      },
      "Intervals allow for votes of one voter and votes on one prompt going together: 22 voters (worth 10 of equal weight) and 4 prompts.",
    ],
    [
      { clusteredBy: [], clusters: [{ label: "prompt" as const, clusters: 1, effective: 1 }] },
      "Intervals take every vote as independent. 1 prompt is too few to show how much prompts differ, so the intervals speak of these alone.",
    ],
  ])("%j", (note, text) => {
    expect(intervalsText(note)).toBe(text);
  });
});

test.each([
  [{ code: "no_votes" as const }, "No vote has been counted yet."],
  [{ code: "unmeasured" as const, images: 1 }, "1 image is not measured yet; the fit follows by itself."],
  [{ code: "unmeasured" as const, images: 2 }, "2 images are not measured yet; the fit follows by itself."],
  [
    { code: "too_few_votes" as const, votes: 12, needed: 100 },
    "There are 12 of the 100 votes that telling style from quality takes.",
  ],
  [{ code: "being_made" as const }, "The fit is being made."],
])("why there is no style control: %j", (missing, text) => {
  expect(styleMissingText(missing, { isVideo: false })).toBe(text);
});

const withJudge: WithJudge = {
  judge: { slug: "good", name: "Good", creator: "Tests", demotedFor: null },
  fitted: true,
  missing: null,
  votes: 130,
  votesOfBoard: 130,
  lambda: 0.5,
  correlation: 0.8,
  effectiveVotes: 160.4,
  labelled: 100,
  judgeOnly: 40,
  moves: [],
};

test.each([
  [
    {},
    /^Good is worth 30 extra votes on this board\. It is trusted with 0\.50 of 1 \(λ\): .* correlate by 0\.80\.$/,
  ],
  [{ effectiveVotes: 131 }, /^Good is worth 1 extra vote on this board\./],
  [{ effectiveVotes: 130.2 }, /^Good is worth no vote on this board: /],
  [{ judgeOnly: 0 }, /^Good has judged no pair beyond those that people voted on/],
  [{ fitted: false, missing: { code: "no_votes" as const } }, /^No vote has been counted yet\.$/],
  [
    { fitted: false, missing: { code: "too_few_labelled" as const, labelled: 0, needed: 100 } },
    /^Good has judged 0 of the images people voted on; measuring it against them takes 100\.$/,
  ],
  [{ fitted: false, missing: { code: "being_made" as const } }, /^Good has judged enough/],
])("what a judge is worth: %j", (change, text) => {
  expect(judgeText({ ...withJudge, ...change }, { isVideo: false })).toMatch(text);
});

test("the API has each code in words beside it", () => {
  const board: Leaderboard = {
    board: { slug: "b", name: "B", description: "", isVideo: false },
    category: null,
    categories: [],
    promptSets: [{ slug: "toybox", name: "Toybox" }],
    metricSet: "toybox",
    apartVotes: 0,
    snapshot: {
      id: "s",
      methodology: "m",
      inputsHash: "h",
      votes: 1,
      createdAt: "2026-01-01T00:00:00.000Z",
      intervals: { clusteredBy: [], clusters: [] },
    },
    judges: [],
    withJudge,
    styleControl: {
      fitted: false,
      missing: { code: "being_made" },
      votes: 0,
      votesOfBoard: 0,
      effects: [],
      leftOut: [],
      moves: [],
    },
    rows: [],
    metricColumns: {},
    ownColumns: [],
    numbers: [],
  };
  const { snapshot, withJudge: judged, styleControl } = withTexts(board);
  expect(snapshot!.intervals.text).toBe("Intervals take every vote as independent.");
  expect(judged!.text).toMatch(/^Good is worth 30 extra votes/);
  expect(styleControl!.reason).toBe("The fit is being made.");
  expect(withTexts({ ...board, snapshot: null, withJudge: null, styleControl: null })).toMatchObject({
    snapshot: null,
    withJudge: null,
    styleControl: null,
  });
});
