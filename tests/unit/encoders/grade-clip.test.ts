import { describe, expect, test } from "vitest";
import { gradeClip, motionParts, type ClipReading } from "@/lib/encoders/grade-clip";
import { MOTIONS, type ClipTruth, type Motion } from "@/lib/schemas/stack/clip";

const clip = (...motions: Motion[]): ClipReading => ({
  objects: motions.map((motion, i) => ({ kind: (["ball", "car"] as const)[i], colour: "red", motion })),
  background: "blue",
});
const asked = (...motions: (Motion | null)[]): ClipTruth => ({
  objects: motions.map((motion, i) => ({ kind: (["ball", "car"] as const)[i], colour: "red", motion })),
  background: "blue",
});

test("every motion has its verb, direction and way of being out of sight, and no two have all three", () => {
  const parts = MOTIONS.map((motion) => Object.values(motionParts(motion)).join(" "));
  expect(parts).toEqual([
    "moves left ",
    "moves right ",
    "moves up ",
    "moves down ",
    "spins  ",
    "grows  ",
    "shrinks  ",
    "bounces  ",
    "stands  ",
    "moves left behind",
    "moves right behind",
    "leaves left leaves",
    "leaves right leaves",
  ]);
});

describe("a clip held against its caption", () => {
  const L = "leaves to the left and comes back";
  const R = "leaves to the right and comes back";
  // Verb, direction, persistence, all correct.
  test.each<[string, ClipReading, ClipTruth, [boolean | null, boolean | null, boolean | null, boolean]]>([
    ["as it says", clip("moves left"), asked("moves left"), [true, true, null, true]],
    ["the other way", clip("moves right"), asked("moves left"), [true, false, null, false]],
    ["another verb", clip("spins"), asked("grows"), [false, null, null, false]],
    ["away and back", clip(L), asked(L), [true, true, true, true]],
    ["away on the other side and back", clip(R), asked(L), [true, false, true, false]],
    ["moves, but never leaves", clip("moves left"), asked(L), [false, true, false, false]],
    [
      "passes in front, not behind",
      clip("moves left"),
      asked("moves left behind"),
      [true, true, false, false],
    ],
    ["passes behind unasked", clip("moves left behind"), asked("moves left"), [true, true, null, false]],
    ["leaves instead of passing behind", clip(L), asked("moves left behind"), [false, true, false, false]],
    ["does what is not said", clip("spins"), asked(null), [null, null, null, true]],
    ["one of two wrong", clip("moves up", "bounces"), asked("moves up", "grows"), [false, true, null, false]],
    [
      "one said, the other not",
      clip("moves up", "bounces"),
      asked("moves up", null),
      [true, true, null, true],
    ],
    ["not there: done wrong", clip("moves up"), asked("moves up", R), [false, false, false, false]],
  ])("%s", (_, reading, truth, [verb, direction, persistence, allCorrect]) => {
    expect(gradeClip(reading, truth)).toMatchObject({ verb, direction, persistence, allCorrect });
  });

  test("objects, colours and background are graded as those of images are", () => {
    const truth = asked("spins");
    expect(gradeClip(clip("spins"), truth)).toMatchObject({ objects: true, colours: true, background: true });
    expect(gradeClip(clip("spins", "spins"), truth)).toMatchObject({ objects: false, allCorrect: false });
    const green = {
      ...clip("spins"),
      objects: [{ kind: "ball" as const, colour: "green" as const, motion: "spins" as const }],
    };
    expect(gradeClip(green, truth)).toMatchObject({ objects: true, colours: false, allCorrect: false });
    const dark = { ...clip("spins"), background: "dark" as const };
    expect(gradeClip(dark, truth)).toMatchObject({ background: false, allCorrect: false });
    const silent = { objects: [{ kind: "ball" as const, colour: null, motion: null }], background: null };
    expect(gradeClip(dark, silent)).toMatchObject({
      colours: null,
      background: null,
      motions: null,
      allCorrect: true,
    });
  });
});
