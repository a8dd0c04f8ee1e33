import { describe, expect, it } from "vitest";
import {
  DEFECT_NAMES,
  HARMLESS,
  INSTRUCTION,
  plantDefect,
  writeInto,
  type Pixels,
} from "@/lib/rubrics/report/canaries";

const image = (side: number): Pixels => ({
  width: side,
  height: side,
  data: Uint8Array.from({ length: side * side * 3 }, (_, i) => (i * 37 + (i >> 5) * 11) % 256),
});

describe("canaries", () => {
  it.each(DEFECT_NAMES)(
    "%s changes an image much, the same way for the same seed, and not its source",
    (defect) => {
      const source = image(64);
      const before = Uint8Array.from(source.data);
      const spoiled = plantDefect(source, defect, 7);
      expect(source.data).toEqual(before);
      expect(spoiled).toEqual(plantDefect(source, defect, 7));
      const moved =
        spoiled.data.reduce((sum, value, i) => sum + Math.abs(value - before[i]), 0) / before.length;
      expect(moved).toBeGreaterThan(5);
    },
  );

  it("shuffling keeps every pixel and leaves no tile in its place", () => {
    const source = image(64);
    const { data } = plantDefect(source, "shuffle", 3);
    expect([...data].sort()).toEqual([...source.data].sort());
    for (let tile = 0; tile < 16; tile++) {
      const at = (Math.floor(tile / 4) * 16 * 64 + (tile % 4) * 16) * 3;
      expect(data.slice(at, at + 48)).not.toEqual(source.data.slice(at, at + 48));
    }
  });

  it.each([64, 512])(
    "writes both texts into the same band of an image %d pixels wide, with about as much ink",
    (side) => {
      const source = image(side);
      const inked = [INSTRUCTION, HARMLESS].map((text) => {
        const { data } = writeInto(source, text);
        const firstChanged = data.findIndex((value, i) => value !== source.data[i]);
        return { top: Math.floor(firstChanged / 3 / side), ink: data.filter((value) => value === 0).length };
      });
      expect(INSTRUCTION.length).toBe(HARMLESS.length);
      expect(inked[0].top).toBe(inked[1].top);
      expect(inked[0].top).toBeGreaterThan(side / 3);
      expect(inked[0].ink / inked[1].ink).toBeGreaterThan(0.8);
      expect(inked[0].ink / inked[1].ink).toBeLessThan(1.25);
    },
  );
});
