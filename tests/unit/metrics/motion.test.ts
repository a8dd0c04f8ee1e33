import { describe, expect, test } from "vitest";
import { lumaOf, matchBlocks, type Luma } from "@/lib/metrics/motion/match-blocks";
import { measureMotion } from "@/lib/metrics/motion/measure-motion";
import { seededRandom } from "@/lib/numerics/random";

const SIDE = 64;

/** A texture without repetition: values of a plane that is larger than any frame. */
const random = seededRandom(7);
const plane = Float32Array.from({ length: 256 * 256 }, () => 40 + 170 * random.uniform());
const texture = (x: number, y: number) => {
  // Smoothed, so that half a pixel has a meaning.
  const [x0, y0] = [Math.floor(x / 4), Math.floor(y / 4)];
  const [fx, fy] = [x / 4 - x0, y / 4 - y0];
  const value = (i: number, j: number) => plane[((j & 255) << 8) | (i & 255)];
  const top = value(x0, y0) * (1 - fx) + value(x0 + 1, y0) * fx;
  const bottom = value(x0, y0 + 1) * (1 - fx) + value(x0 + 1, y0 + 1) * fx;
  return top * (1 - fy) + bottom * fy;
};

const rgb = (shade: (x: number, y: number) => number, side = SIDE) => {
  const data = new Uint8Array(3 * side * side);
  for (let i = 0; i < side * side; i++)
    data.fill(Math.round(shade(i % side, Math.floor(i / side))), 3 * i, 3 * i + 3);
  return { width: side, height: side, data };
};
const luma = (shade: (x: number, y: number) => number): Luma => {
  const values = Float32Array.from({ length: SIDE * SIDE }, (_, i) => shade(i % SIDE, Math.floor(i / SIDE)));
  return lumaOf(SIDE, SIDE, values);
};

/** A square of texture on grey, whose left edge is at `place(frame)`. */
const clip = (place: (frame: number) => number, light: (frame: number) => number = () => 0, side = SIDE) =>
  Array.from({ length: 16 }, (_, frame) =>
    rgb((x, y) => {
      const left = place(frame);
      const inside = x >= left && x < left + 24 && y >= 20 && y < 44;
      return Math.min(255, Math.max(0, (inside ? texture(x - left + 60, y + 60) : 128) + light(frame)));
    }, side),
  );

describe("block matching", () => {
  test.each([
    [0, 0],
    [3, 0],
    [-5, 2],
    [7, -7],
  ])("finds that a texture has moved by (%i, %i)", (dx, dy) => {
    const before = luma((x, y) => texture(x + 40, y + 40));
    const next = luma((x, y) => texture(x + 40 - dx, y + 40 - dy));
    const inner = matchBlocks(before, next).filter(({ x, y }) => x > 8 && x < 48 && y > 8 && y < 48);
    expect(inner.length).toBeGreaterThan(9);
    for (const motion of inner) expect(motion).toMatchObject({ dx, dy });
  });

  test("noise alone moves nothing", () => {
    const noisy = seededRandom(3);
    const flat = () => luma(() => 128 + noisy.uniform());
    for (const { dx, dy } of matchBlocks(flat(), flat())) expect([dx, dy]).toEqual([0, 0]);
  });
});

describe("how a video moves", () => {
  const still = measureMotion(clip(() => 10));
  const even = measureMotion(clip((frame) => 2 + 2 * frame));

  test("a still one neither flickers nor moves, and is perfectly smooth", () => {
    expect(still).toEqual({ flicker: 0, smoothness: 1, dynamicDegree: 0 });
  });

  test("even motion is measured as such: its way, hardly any flicker, smooth", () => {
    // 2 of the diagonal's 90.5 pixels a frame.
    expect(even.dynamicDegree).toBeCloseTo(2 / Math.hypot(SIDE, SIDE), 3);
    expect(even.flicker).toBeLessThan(1.5);
    expect(even.smoothness).toBeGreaterThan(0.99);
  });

  test("brightness that jumps is flicker, by about as much as it jumps, and no motion", () => {
    const flickering = measureMotion(
      clip(
        () => 10,
        (frame) => (frame % 2 === 0 ? 0 : 12),
      ),
    );
    expect(flickering.flicker).toBeGreaterThan(10);
    expect(flickering.flicker).toBeLessThan(12.5);
    expect(flickering.smoothness).toBeLessThan(0.96);
  });

  test("jerks and frames out of order are less smooth than the same way walked evenly", () => {
    const jerky = measureMotion(clip((frame) => 2 + 4 * Math.floor(frame / 2)));
    const order = [0, 9, 3, 12, 6, 1, 14, 8, 2, 11, 5, 15, 7, 4, 13, 10];
    const shuffled = measureMotion(clip((frame) => 2 + 2 * order[frame]));
    expect(jerky.smoothness).toBeLessThan(even.smoothness);
    expect(shuffled.smoothness).toBeLessThan(jerky.smoothness);
    expect(shuffled.flicker).toBeGreaterThan(3 * even.flicker);
  });

  test("the size of a video does not decide: twice as large and moving twice as far is the same degree", () => {
    const enlarged = clip((frame) => 2 + 2 * frame).map(({ data }) =>
      rgb((x, y) => data[3 * ((y >> 2) * SIDE + (x >> 2))], 4 * SIDE),
    );
    const large = measureMotion(enlarged);
    expect(large.dynamicDegree).toBeCloseTo(even.dynamicDegree, 2);
  });

  test("two frames say nothing", () => {
    expect(() => measureMotion(clip(() => 10).slice(0, 2))).toThrow(RangeError);
  });
});
