import fc from "fast-check";
import { expect, test } from "vitest";
import { commonPrompts, promptSubset } from "@/lib/scoring/common-prompts";

const all = Array.from({ length: 100 }, (_, i) => `p${String(i).padStart(3, "0")}`);
const without = (...missing: number[]) => all.filter((_, i) => !missing.includes(i));

test("runs that each lack a few prompts keep those that all have, in their order", () => {
  const common = commonPrompts([
    { runId: "a", prompts: all },
    { runId: "b", prompts: without(3) },
    { runId: "c", prompts: without(3, 50) },
  ])!;
  expect(common.prompts).toEqual(without(3, 50));
  expect(common.runIds).toEqual(["a", "b", "c"]);
});

test("a run that would cost the others more than a tenth of the prompts stands aside", () => {
  const half = { runId: "half", prompts: all.slice(0, 50) };
  const common = commonPrompts([half, { runId: "a", prompts: all }, { runId: "b", prompts: without(9) }])!;
  expect(common).toEqual({ runIds: ["a", "b"], prompts: without(9) });
  expect(commonPrompts([half, { runId: "a", prompts: all }])).toBeNull();
});

test("whatever the runs, every one taken in has every common prompt, and nine tenths of the largest remain", () => {
  const run = fc.uniqueArray(fc.constantFrom(...all), { maxLength: 100 });
  fc.assert(
    fc.property(fc.array(run, { minLength: 2, maxLength: 6 }), (lists) => {
      const runs = lists.map((prompts, i) => ({ runId: `r${i}`, prompts }));
      const common = commonPrompts(runs);
      if (common === null) return;
      const most = Math.max(...runs.map(({ prompts }) => prompts.length));
      expect(common.prompts.length).toBeGreaterThanOrEqual(0.9 * most);
      for (const runId of common.runIds) {
        const { prompts } = runs.find((each) => each.runId === runId)!;
        expect(prompts).toEqual(expect.arrayContaining(common.prompts));
      }
    }),
  );
});

test("prompts are known by which they are, not by their order", () => {
  expect(promptSubset(["b", "a"]).hash).toBe(promptSubset(["a", "b"]).hash);
  expect(promptSubset(["a", "b"]).hash).not.toBe(promptSubset(["ab"]).hash);
});
