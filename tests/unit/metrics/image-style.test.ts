import { expect, test } from "vitest";
import { measureImageStyle } from "@/lib/metrics/image-style";

const image = (width: number, height: number, colour: (x: number, y: number) => [number, number, number]) => {
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) data.set(colour(x, y), 3 * (y * width + x));
  return { width, height, data };
};

test("a flat grey has brightness and nothing else", () => {
  const style = measureImageStyle(image(8, 5, () => [51, 51, 51]));
  expect(style.brightness).toBeCloseTo(0.2, 6);
  for (const key of ["contrast", "saturation", "colourfulness", "sharpness"] as const)
    expect(style[key]).toBeCloseTo(0, 3);
});

test("halves of black and white have contrast one half", () => {
  const style = measureImageStyle(image(4, 4, (x) => (x < 2 ? [0, 0, 0] : [255, 255, 255])));
  expect(style.brightness).toBeCloseTo(0.5, 6);
  expect(style.contrast).toBeCloseTo(0.5, 6);
  // Four inner pixels beside the edge: Laplacian +255 twice, -255 twice.
  expect(style.sharpness).toBeCloseTo(255 ** 2, 1);
});

test("colourfulness is Hasler and Süsstrunk's formula, saturation is HSV's", () => {
  const style = measureImageStyle(image(2, 1, (x) => (x === 0 ? [255, 0, 0] : [0, 0, 255])));
  // rg: 255 and 0; yb: 127.5 and -255.
  const deviation = Math.hypot(127.5, 191.25);
  const mean = Math.hypot(127.5, -63.75);
  expect(style.colourfulness).toBeCloseTo(deviation + 0.3 * mean, 9);
  expect(style.saturation).toBe(1);
  expect(measureImageStyle(image(1, 1, () => [200, 100, 100])).saturation).toBeCloseTo(0.5, 12);
});

test("a checkerboard is sharper than its blur, and brightness does not change that", () => {
  const board = (low: number, high: number) =>
    measureImageStyle(
      image(16, 16, (x, y) => Array(3).fill((x + y) % 2 ? high : low) as [number, number, number]),
    );
  expect(board(0, 255).sharpness).toBeGreaterThan(board(100, 150).sharpness);
  expect(board(100, 150).sharpness).toBeCloseTo(board(0, 50).sharpness, 6);
});

test("bytes that are no image of that size are refused", () => {
  expect(() => measureImageStyle({ width: 2, height: 2, data: new Uint8Array(11) })).toThrow(/no RGB image/);
  expect(() => measureImageStyle({ width: 0, height: 0, data: new Uint8Array(0) })).toThrow(RangeError);
});
