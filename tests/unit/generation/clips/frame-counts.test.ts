import { describe, expect, it } from "vitest";
import {
  framesOfSeconds,
  frameTimes,
  isFrameCount,
  latentFramesOf,
  MOST_CLIP_FRAMES,
  secondsOfFrames,
  windowsOf,
} from "@/generation/clips/frame-counts";

it("a clip has 17 to 65 frames in steps of four, of which 2, 4 and 8 seconds are some", () => {
  const counts = Array.from({ length: 100 }, (_, frames) => frames).filter(isFrameCount);
  expect(counts).toEqual([17, 21, 25, 29, 33, 37, 41, 45, 49, 53, 57, 61, 65]);
  expect([2, 4, 8].map(framesOfSeconds)).toEqual([17, 33, MOST_CLIP_FRAMES]);
  for (const frames of counts) expect(framesOfSeconds(secondsOfFrames(frames))).toBe(frames);
  for (const frames of [NaN, Infinity, -3, 17.5, 69]) expect(isFrameCount(frames)).toBe(false);
});

describe("windows", () => {
  const FROM_FIRST = [1, 4];
  it.each([
    [17, 4, []],
    [17, 1, []],
    [21, 4, [[4, 1]]],
    [21, 1, [[1, 1]]],
    [33, 1, [[1, 4]]],
    [
      37,
      1,
      [
        [1, 4],
        [1, 1],
      ],
    ],
    [
      29,
      4,
      [
        [4, 1],
        [4, 1],
        [4, 1],
      ],
    ],
  ])(
    "of %i frames by %i anchors: after the first, given and fresh latent frames %j",
    (frames, anchors, expected) => {
      expect(windowsOf(frames, anchors, 5).map(({ given, fresh }) => [given, fresh])).toEqual([
        FROM_FIRST,
        ...expected,
      ]);
    },
  );

  it("add up to the clip's latent frames but the first, whatever the count and the anchors", () => {
    for (let frames = 17; frames <= MOST_CLIP_FRAMES; frames += 4)
      for (const anchors of [1, 4]) {
        const windows = windowsOf(frames, anchors, 5);
        expect(windows.reduce((sum, { fresh }) => sum + fresh, 1)).toBe(latentFramesOf(frames));
        for (const { given, fresh } of windows) expect(given + fresh).toBeLessThanOrEqual(5);
      }
  });
});

it("times are 1 for the latent frames that are given, in every row, and the step's for the others", () => {
  expect([...frameTimes(2, 5, 2, 0.25)]).toEqual([1, 1, 0.25, 0.25, 0.25, 1, 1, 0.25, 0.25, 0.25]);
  expect([...frameTimes(1, 3, 0, 0.5)]).toEqual([0.5, 0.5, 0.5]);
});
