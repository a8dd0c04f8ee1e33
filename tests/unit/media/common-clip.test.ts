import { describe, expect, test } from "vitest";
import { commonClip, shownFrames } from "@/lib/media/common-clip";

const video = (frames: number, rate: number | null) => ({
  frames,
  rate,
  seconds: rate === null ? null : frames / rate,
});

describe("the clock of two videos", () => {
  test.each([
    ["two alike", video(17, 8), video(17, 8), { frames: 17, columns: 5, rate: 8 }],
    ["of two rates the faster", video(16, 8), video(48, 24), { frames: 48, columns: 7, rate: 24 }],
    ["of two lengths the shorter", video(24, 24), video(240, 24), { frames: 24, columns: 5, rate: 24 }],
    ["no more than 24 a second", video(60, 60), video(60, 60), { frames: 24, columns: 5, rate: 24 }],
    ["ten seconds: fewer a second", video(240, 24), video(300, 30), { frames: 96, columns: 10, rate: 9.6 }],
    ["without a rate 12", video(12, null), video(24, null), { frames: 12, columns: 4, rate: 12 }],
  ])("%s", (_, left, right, clip) => {
    expect(commonClip([left, right])).toEqual(clip);
    expect(commonClip([right, left])).toEqual(clip);
  });

  test("both sides show as many frames, each the one of its moment, never one that is not there", () => {
    const [slow, fast] = [video(16, 8), video(48, 24)];
    const clip = commonClip([slow, fast]);
    expect(shownFrames(fast, clip)).toEqual(Array.from({ length: 48 }, (_, at) => at));
    expect(shownFrames(slow, clip)).toEqual(Array.from({ length: 48 }, (_, at) => Math.floor(at / 3)));
    const long = video(300, 30);
    const places = shownFrames(long, commonClip([long, long]));
    expect(places).toHaveLength(96);
    expect(Math.max(...places)).toBeLessThan(300);
    expect([...places].sort((a, b) => a - b)).toEqual(places);
  });

  test("an animation that keeps still frames once is shown at the times that it says", () => {
    const kept = { frames: 4, rate: 4 / 1, seconds: 1, delays: [125, 500, 125, 250] };
    const clip = commonClip([kept, video(8, 8)]);
    expect(clip).toEqual({ frames: 8, columns: 3, rate: 8 });
    expect(shownFrames(kept, clip)).toEqual([0, 1, 1, 1, 1, 2, 3, 3]);
  });
});
