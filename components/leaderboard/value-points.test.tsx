import fc from "fast-check";
import { expect, test } from "vitest";
import { costScale, valuePoints } from "@/components/leaderboard/value-points";
import type { PricedModel } from "@/lib/schemas/leaderboard";

const model = (name: string, rating: number | null, price: number | null): PricedModel => ({
  model: name,
  modelId: name,
  name,
  creator: "",
  submittedBy: "operator",
  rank: 1,
  rankLow: 1,
  rankHigh: 1,
  rating,
  ratingLow: rating && rating - 20,
  ratingHigh: rating && rating + 20,
  votes: 10,
  provisional: false,
  pricePerImageUsd: price,
  medianLatencyMs: null,
  openWeights: null,
});
const front = (models: PricedModel[]) =>
  valuePoints(models, "price")
    .filter(({ onFront }) => onFront)
    .map(({ name }) => name);

test("on the front is every model that none beats in price and rating, and no other", () => {
  const models = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 5 })));
  fc.assert(
    fc.property(models, (pairs) => {
      const beaten = ([rating, price]: [number, number]) =>
        pairs.some(([r, p]) => r >= rating && p <= price && (r > rating || p < price));
      const expected = pairs.flatMap((pair, i) => (beaten(pair) ? [] : [`${i}`]));
      expect(front(pairs.map(([rating, price], i) => model(`${i}`, rating, price))).sort()).toEqual(
        expected.sort(),
      );
    }),
  );
});

test("a model without a vote or without a known price is no point, and a free one is", () => {
  const points = valuePoints([model("a", null, 1), model("b", 1000, null), model("c", 1000, 0)], "price");
  expect(points).toMatchObject([{ name: "c", cost: 0, onFront: true }]);
});

test("costs that span powers of ten get a scale that tells the cheap ones apart, also where some are free", () => {
  expect(costScale([1, 2, 3])).toBe("linear");
  expect(costScale([0.1, 40])).toBe("log");
  expect(costScale([0, 0.1, 40])).toBe("sqrt");
  expect(costScale([0, 0])).toBe("linear");
});
