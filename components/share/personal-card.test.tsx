import { expect, test } from "vitest";
import { personalCard } from "@/components/share/share-card";
import type { PersonalRanking } from "@/lib/schemas/personal-ranking";

const row = (place: number): PersonalRanking["rows"][number] => ({
  ...{ model: `m${place}`, name: `Model ${place}`, rating: 1100 - place, ratingLow: 900, ratingHigh: 1200 },
  ...{ rank: place, rankLow: place, rankHigh: 7, votes: 10, boardRating: null, boardRank: null },
});
const ranking = (rows: number): PersonalRanking => ({
  ...{ board: "Posters", votes: 34, needed: 0 },
  rows: Array.from({ length: rows }, (_, i) => row(i + 1)),
});
const words = (rows: number) =>
  personalCard(ranking(rows), "Salon").flatMap((mark) => (mark.kind === "text" ? [mark.text] : []));

test("a card says that it is one person's ranking, of how many votes, and how unsure each place is", () => {
  const said = words(2);
  expect(said).toContain("Salon · one person’s ranking");
  expect(said).toContain("Posters");
  expect(said).toContain("One person’s 34 votes, drawn to everybody’s · 2 of 2 models · 95% intervals");
  expect(said).toEqual(expect.arrayContaining(["1–7", "Model 1", "2–7", "Model 2"]));
});

test("of more models than fit the best are shown, and that there are more is said", () => {
  const said = words(9);
  expect(said).toContain("Model 5");
  expect(said).not.toContain("Model 6");
  expect(said.at(-1)).toContain("5 of 9 models");
});
