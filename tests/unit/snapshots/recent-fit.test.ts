import { expect, test } from "vitest";
import { isRecent } from "@/lib/snapshots/recent-fit";

const seen = { models: ["a", "b"], exclusions: [7n], countsLiveVotes: false, votes: 300 };

test.each([
  ["nothing is new", { models: ["a", "b"], exclusions: [7n], newVotes: 0 }, true],
  ["a hundredth of new votes has come", { models: ["a", "b"], exclusions: [7n], newVotes: 3 }, true],
  ["more than that has come", { models: ["a", "b"], exclusions: [7n], newVotes: 4 }, false],
  ["a model has gone", { models: ["a"], exclusions: [7n], newVotes: 0 }, false],
  ["another vote is left out", { models: ["a", "b"], exclusions: [7n, 9n], newVotes: 0 }, false],
  ["one is left out no more", { models: ["a", "b"], exclusions: [], newVotes: 0 }, false],
])("where %s, a fit that needs the votes is recent or not", (_, now, recent) => {
  expect(isRecent(seen, { ...now, countsLiveVotes: false })).toBe(recent);
});

test("a fit is not recent any more once the board counts other kinds of votes", () => {
  expect(isRecent(seen, { ...seen, countsLiveVotes: true, newVotes: 0 })).toBe(false);
});

test("a fit of no votes is recent until the first", () => {
  const none = { models: [], exclusions: [], countsLiveVotes: false, votes: 0 };
  expect(isRecent(none, { ...none, newVotes: 0 })).toBe(true);
  expect(isRecent(none, { ...none, newVotes: 1 })).toBe(false);
});
