import fc from "fast-check";
import { expect, test } from "vitest";
import { parseWeights, writeWeights } from "@/components/leaderboard/weights-text";

test("weights survive the address, and a strange address is no weights", () => {
  const weight = fc.integer({ min: 0, max: 20 }).map((k) => 5 * k);
  fc.assert(
    fc.property(fc.record({ overall: weight, aesthetics: weight, motion: weight }), (weights) => {
      const text = writeWeights(weights);
      const given = Object.fromEntries(Object.entries(weights).filter(([, value]) => value > 0));
      if (text !== "") expect(parseWeights(text)).toEqual(given);
      else expect(Object.keys(given).filter((name) => name !== "overall")).toEqual([]);
    }),
  );
  expect(parseWeights("overall:40,aesthetics:60")).toEqual({ overall: 40, aesthetics: 60 });
  for (const text of [null, "", "x:1", "overall", "overall:", "overall:-1", "overall:1e9", "overall:0"])
    expect(parseWeights(text)).toBeNull();
});
