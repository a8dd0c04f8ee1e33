import { expect, test } from "vitest";
import { cardFigures } from "@/components/models/card-figures";

test("a card's figures are told in words and in one order, however it holds them, with the interval and the n that the card has", () => {
  const rows = cardFigures({
    fdToybox: 5.976,
    subjectLikeness: 0.91,
    objectsCorrect: 0.98,
    allCorrect: 0.978,
    allCorrectInterval: [0.961, 0.988],
    "allCorrect, three objects": 0.929,
    howMeasured: "prompts 100 to 599",
    fdToyboxOfMany: { n: 5000, value: 3.1234, interval: [2.5, 4], howMeasured: "one image a caption" },
  });
  expect(rows).toEqual([
    ["All that was asked for", "97.8% (96.1% to 98.8%)"],
    ["All that was asked for, three objects", "92.9%"],
    ["Objects", "98.0%"],
    ["FD-toybox of the graded images", "5.98"],
    ["subjectLikeness", "0.910"],
    ["FD-toybox, n 5,000", "3.12 (2.50 to 4.00)"],
  ]);
});

test("a card without a distance over many images has no row for it", () => {
  expect(cardFigures({ allCorrect: 0.5 })).toEqual([["All that was asked for", "50.0%"]]);
});
