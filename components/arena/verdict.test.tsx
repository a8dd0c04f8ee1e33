import { getTranslations } from "next-intl/server";
import { expect, test } from "vitest";
import { addVote } from "@/components/arena/use-tally";
import { verdict } from "@/components/arena/verdict";
import type { Outcome, RevealedSide, VoteResponse } from "@/lib/schemas/battles";

const t = await getTranslations("arena");

const side = (model: string, eloBefore: number, eloAfter: number): RevealedSide => ({
  model,
  name: model.toUpperCase(),
  creator: "Salon",
  paradigm: null,
  architecture: null,
  representation: null,
  textConditioning: null,
  submittedBy: "bundled" as const,
  eloBefore,
  eloAfter,
});

const vote = (
  outcome: Outcome,
  expected: number,
  left: [number, number],
  right: [number, number],
): VoteResponse => ({
  voteId: "vot_1",
  outcome,
  criteria: {},
  counted: true,
  apart: false,
  expected,
  left: side("a", ...left),
  right: side("b", ...right),
});

test("a win against the odds is an upset, whichever side it comes from", () => {
  expect(verdict(t, vote("left", 0.2, [900, 907], [1100, 1093]))).toBe("You chose A. An upset.");
  expect(verdict(t, vote("right", 0.8, [1100, 1093], [900, 907]))).toBe("You chose B. An upset.");
});

test("a favourite's win is no surprise, and even chances are an even match", () => {
  expect(verdict(t, vote("left", 0.9, [1200, 1200.4], [800, 799.6]))).toBe(
    "You chose A. The clear favourite won.",
  );
  expect(verdict(t, vote("right", 0.5, [1000, 984], [1000, 1016]))).toBe("You chose B. An even match.");
});

test("both bad says that it counts as a tie", () => {
  expect(verdict(t, vote("both_bad", 0.5, [1000, 1000], [1000, 1000]))).toContain("tie");
});

test("the tally counts choices, sightings and agreement with the favourite", () => {
  const empty = { votes: 0, decided: 0, withFavourite: 0, models: {} };
  const after = [
    vote("left", 0.7, [1000, 1001], [1000, 999]),
    vote("right", 0.7, [1000, 997], [1000, 1003]),
    vote("tie", 0.7, [1000, 999], [1000, 1001]),
  ].reduce(addVote, empty);
  expect(after).toEqual({
    votes: 3,
    decided: 2,
    withFavourite: 1,
    models: { a: { name: "A", chosen: 1, seen: 3 }, b: { name: "B", chosen: 1, seen: 3 } },
  });
});

test("a vote that waits says so, and not what it was worth", () => {
  const waiting = { ...vote("left", 0.2, [900, 900], [1100, 1100]), counted: false };
  expect(verdict(t, waiting)).toBe("Your vote is kept and waits to be counted.");
});

test("a vote on one's own prompt says that it counts apart, whatever was voted", () => {
  const apart = (outcome: Outcome) =>
    verdict(t, { ...vote(outcome, 0.2, [900, 900], [1100, 1100]), apart: true });
  expect(apart("left")).toBe("You chose A. Your own prompt: it counts apart from the board.");
  expect(apart("tie")).toBe("A tie. Your own prompt: it counts apart from the board.");
});
