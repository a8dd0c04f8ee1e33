import { expect, test } from "vitest";
import { fairFrames } from "@/components/arena/fair-frame";

const sized = (width: number, height: number) => ({ width, height });

test("images of one shape fill a frame of that shape, whatever their sizes", () => {
  const frames = fairFrames([sized(1344, 768), sized(672, 384)]);
  for (const { aspect, share } of frames) {
    expect(aspect).toBeCloseTo(1.75);
    expect(share).toBeCloseTo(1);
  }
});

test.each([
  [sized(1024, 1024), sized(1344, 768)],
  [sized(512, 2048), sized(2048, 512)],
])("images of different shapes have the same area, within the frame and touching it", (a, b) => {
  const frames = fairFrames([a, b]);
  const [{ aspect }] = frames;
  expect(frames[1].aspect).toBe(aspect);
  const shown = [a, b].map((image, at) => {
    const width = frames[at].share * aspect;
    return { width, height: (width * image.height) / image.width };
  });
  const [left, right] = shown.map(({ width, height }) => width * height);
  expect(left).toBeCloseTo(right, 10);
  expect(Math.max(...shown.map(({ width }) => width))).toBeCloseTo(aspect, 10);
  expect(Math.max(...shown.map(({ height }) => height))).toBeCloseTo(1, 10);
});
