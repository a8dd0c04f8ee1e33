import { expect, test } from "vitest";
import { differenceOverPrompts, meanOverPrompts } from "@/lib/evaluations/mean-over-prompts";

const of = (key: string, ...values: number[]) => values.map((value) => ({ key, value }));

test("each prompt weighs the same, however many images it has", () => {
  const mean = meanOverPrompts([...of("a", 1, 1, 1, 1), ...of("b", 0)], [0, 1]);
  expect(mean).toMatchObject({ value: 0.5, n: 5, prompts: 2 });
});

test("more images of the same prompts do not narrow the interval", () => {
  const prompts = ["a", "b", "c", "d"].map((key, k) => ({ key, value: k % 2 }));
  const once = meanOverPrompts(prompts, [0, 1])!;
  const often = meanOverPrompts([...prompts, ...prompts, ...prompts], [0, 1])!;
  expect([often.low, often.high]).toEqual([once.low, once.high]);
});

test("scores that are all alike claim no certainty", () => {
  const mean = meanOverPrompts(
    Array.from({ length: 8 }, (_, k) => ({ key: String(k), value: 1 })),
    [0, 1],
  )!;
  expect(mean.high).toBe(1);
  expect(mean.low).toBeLessThan(0.9);
});

test("without bounds one prompt has no interval, and no image no mean", () => {
  expect(meanOverPrompts(of("a", 3, 5), null)).toMatchObject({ value: 4, low: null, high: null });
  expect(meanOverPrompts([], null)).toBeNull();
});

test("a difference is over the images that both have, and takes out what the prompts share", () => {
  const first = new Map([10, 20, 30, 40].map((value, k) => [`${k}/0`, { key: String(k), value: value + 1 }]));
  const second = new Map(
    [10, 20, 30].map((value, k) => [`${k}/0`, { key: String(k), value: value + k / 10 }]),
  );
  const difference = differenceOverPrompts(first, second, null)!;
  expect(difference.value).toBeCloseTo(0.9, 10);
  expect(difference.n).toBe(3);
  expect(difference.baseline).toBeCloseTo(20.1, 10);
  // Student's t with two degrees of freedom is 4.303.
  expect(difference.high! - difference.value).toBeCloseTo((4.303 * 0.1) / Math.sqrt(3), 2);
});
