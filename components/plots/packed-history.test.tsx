import { expect, test } from "vitest";
import { packHistory, unpackHistory } from "@/components/plots/packed-history";

test("a packed history is the same one, to a tenth of a point, and has no point where a model was not ranked", () => {
  const rating = (model: string, rating: number) => ({ model, rating, low: rating - 10, high: rating + 10 });
  const [first, second] = [
    { votes: 10, createdAt: "2026-11-29T18:52:00.000Z" },
    { votes: 30, createdAt: "2026-11-29T18:53:00.000Z" },
  ];
  const history = {
    models: [
      { slug: "a", name: "Alpha" },
      { slug: "b", name: "Beta" },
    ],
    points: [
      { ...first, ratings: [rating("b", 1000.04)] },
      { ...second, ratings: [rating("a", 1012.36), rating("b", 990)] },
    ],
  };
  expect(unpackHistory(packHistory(history))).toEqual([
    { ...first, model: "b", name: "Beta", rating: 1000, low: 990, high: 1010 },
    { ...second, model: "a", name: "Alpha", rating: 1012.4, low: 1002.4, high: 1022.4 },
    { ...second, model: "b", name: "Beta", rating: 990, low: 980, high: 1000 },
  ]);
});
