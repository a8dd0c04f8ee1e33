import fc from "fast-check";
import { expect, test } from "vitest";
import { overlap, placeLabels, spreadLabels } from "@/components/plots/place-labels";

const frame = { x: 0, y: 0, width: 600, height: 300 };
const dot = fc.record({
  x: fc.integer({ min: 0, max: 600 }),
  y: fc.integer({ min: 0, max: 300 }),
  text: fc.string({ minLength: 1, maxLength: 30 }),
});

test("no label of a plot lies on another one, on a dot, or beyond the edge, however the dots lie", () => {
  fc.assert(
    fc.property(fc.array(dot, { maxLength: 40 }), (dots) => {
      const boxes = placeLabels(dots, frame).flatMap((box) => box ?? []);
      for (const [index, box] of boxes.entries()) {
        expect(boxes.slice(index + 1).filter((other) => overlap(box, other))).toEqual([]);
        expect(dots.filter(({ x, y }) => overlap(box, { x, y, width: 1, height: 1 }))).toEqual([]);
        expect(Math.min(box.x, box.y)).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(frame.width);
        expect(box.y + box.height).toBeLessThanOrEqual(frame.height);
      }
    }),
  );
});

test("a dot alone is labelled to its right, and of two on one spot the first one is", () => {
  const one = { x: 100, y: 100, text: "Ada" };
  expect(placeLabels([one], frame)[0]).toMatchObject({ x: 108 });
  const crowd = Array.from({ length: 30 }, () => one);
  expect(placeLabels(crowd, frame)[0]).toMatchObject({ x: 108 });
  expect(placeLabels(crowd, frame)).toContain(null);
});

test("labels beside the ends of lines keep their order and their distance, within the plot", () => {
  const ends = fc.array(fc.double({ min: -50, max: 350, noNaN: true }), { maxLength: 40 });
  fc.assert(
    fc.property(ends, (ys) => {
      const places = spreadLabels(ys, { top: 0, bottom: 300, gap: 15 });
      const shown = places.flatMap((place, index) => (place === null ? [] : [{ place, y: ys[index] }]));
      expect(shown).toHaveLength(Math.min(ys.length, 21));
      shown.sort((a, b) => a.place - b.place);
      for (const [k, { place, y }] of shown.entries()) {
        expect(place).toBeGreaterThanOrEqual(-1e-9);
        expect(place).toBeLessThanOrEqual(300 + 1e-9);
        if (k === 0) continue;
        expect(place - shown[k - 1].place).toBeGreaterThanOrEqual(15 - 1e-9);
        expect(y).toBeGreaterThanOrEqual(shown[k - 1].y);
      }
    }),
  );
  expect(spreadLabels([100, 200], { top: 0, bottom: 300 })).toEqual([100, 200]);
});
