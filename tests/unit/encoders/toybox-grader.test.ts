import { describe, expect, test } from "vitest";
import type { Reading } from "@/lib/encoders/toybox-grader";
import { gradeReading, readRelation } from "@/lib/encoders/toybox-grader";
import type { CaptionTruth } from "@/lib/schemas/stack/scene";

const reading: Reading = {
  objects: [
    { kind: "ball", count: 1, colour: "red", x: 0.2, y: 0.5 },
    { kind: "teddy bear", count: 1, colour: "brown", x: 0.8, y: 0.5 },
  ],
  background: "blue",
};
const truth: CaptionTruth = {
  objects: [
    { kind: "ball", colour: "red", count: 1 },
    { kind: "teddy bear", colour: null, count: 1 },
  ],
  relation: "left of",
  background: "blue",
};

describe("grading a reading against a caption", () => {
  test("an image that shows all that is said is all correct; what is unsaid is not judged", () => {
    expect(gradeReading(reading, truth)).toEqual({
      objects: true,
      count: true,
      colours: true,
      background: true,
      relation: true,
      allCorrect: true,
    });
    const silent = { ...truth, objects: truth.objects.map((o) => ({ ...o, colour: null })), relation: null };
    expect(gradeReading(reading, { ...silent, background: null })).toMatchObject({
      colours: null,
      background: null,
      relation: null,
      allCorrect: true,
    });
  });

  test("each wrong part fails its own grade", () => {
    const [ball, bear] = reading.objects;
    const cases: [Partial<Reading>, string][] = [
      [{ objects: [ball] }, "objects"],
      [{ objects: [ball, bear, { ...ball, kind: "sun" }] }, "objects"],
      [{ objects: [{ ...ball, count: 2 }, bear] }, "count"],
      [{ objects: [{ ...ball, colour: "green" }, bear] }, "colours"],
      [{ background: "pink" }, "background"],
      [
        {
          objects: [
            { ...ball, x: 0.9 },
            { ...bear, x: 0.1 },
          ],
        },
        "relation",
      ],
    ];
    for (const [change, part] of cases) {
      const grade = gradeReading({ ...reading, ...change }, truth);
      expect(grade, part).toMatchObject({ [part]: false, allCorrect: false });
    }
  });

  test("relations follow the rule on the grader's card", () => {
    const centre = { x: 0.5, y: 0.5 };
    expect(readRelation(centre, { x: 0.9, y: 0.5 })).toBe("left of");
    expect(readRelation(centre, { x: 0.1, y: 0.6 })).toBe("right of");
    expect(readRelation(centre, { x: 0.6, y: 0.9 })).toBe("above");
    expect(readRelation(centre, { x: 0.5, y: 0.1 })).toBe("below");
    expect(readRelation(centre, { x: 0.6, y: 0.8 })).toBe("with");
  });
});
