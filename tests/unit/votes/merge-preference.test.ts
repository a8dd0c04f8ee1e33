import { expect, test } from "vitest";
import { mergePreference } from "@/lib/votes/merge-preference";

test.each([
  [
    { first: 1, second: 0 },
    { chosen: "first", chosenVotes: 1, rejectedVotes: 0 },
  ],
  [
    { first: 0, second: 1 },
    { chosen: "second", chosenVotes: 1, rejectedVotes: 0 },
  ],
  [
    { first: 3, second: 2 },
    { chosen: "first", chosenVotes: 3, rejectedVotes: 2 },
  ],
  [
    { first: 2, second: 7 },
    { chosen: "second", chosenVotes: 7, rejectedVotes: 2 },
  ],
  [{ first: 2, second: 2 }, null],
  [{ first: 0, second: 0 }, null],
])("of %o votes for two samples the pair is %o", (counts, pair) => {
  expect(mergePreference(counts)).toEqual(pair);
});
