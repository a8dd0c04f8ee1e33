import { describe, expect, test } from "vitest";
import { judgeSeed } from "@/lib/models/probe/judge-seed";
import { seededRandom, type Random } from "@/lib/numerics/random";

/** An 8x8 picture of one grey, such as flat(100). */
const flat = (level: number) => new Uint8Array(192).fill(level);

describe("what becomes of a seed is told by how far apart three images are", () => {
  test.each<[string, Parameters<typeof judgeSeed>[0], ReturnType<typeof judgeSeed>]>([
    [
      "the same picture again, another for another seed",
      { seeded: true, first: flat(100), other: flat(140), again: flat(100) },
      { verdict: "honoured", sameLevels: 0, otherLevels: 40 },
    ],
    [
      "the same but for a lossy file",
      { seeded: true, first: flat(100), other: flat(140), again: flat(101) },
      { verdict: "honoured", sameLevels: 1, otherLevels: 39.5 },
    ],
    [
      "nearer than another seed, and not the same",
      { seeded: true, first: flat(100), other: flat(140), again: flat(115) },
      { verdict: "roughly", sameLevels: 15, otherLevels: 32.5 },
    ],
    [
      "as far as another seed",
      { seeded: true, first: flat(100), other: flat(140), again: flat(60) },
      { verdict: "ignored", sameLevels: 40, otherLevels: 60 },
    ],
    [
      "one picture, whatever the seed",
      { seeded: true, first: flat(100), other: flat(101), again: flat(100) },
      { verdict: "fixed", sameLevels: 0, otherLevels: 1 },
    ],
    [
      "no seed taken, two draws differ",
      { seeded: false, first: flat(100), other: flat(140), again: null },
      { verdict: "none", sameLevels: null, otherLevels: 40 },
    ],
    [
      "no seed taken, two draws are one picture",
      { seeded: false, first: flat(100), other: flat(100), again: null },
      { verdict: "fixed", sameLevels: null, otherLevels: 0 },
    ],
    [
      "the last call failed",
      { seeded: true, first: flat(100), other: flat(140), again: null },
      { verdict: "unknown", sameLevels: null, otherLevels: 40 },
    ],
    [
      "every call failed",
      { seeded: true, first: null, other: null, again: null },
      { verdict: "unknown", sameLevels: null, otherLevels: null },
    ],
  ])("%s", (_, images, verdict) => {
    expect(judgeSeed(images)).toEqual(verdict);
  });
});

/** A ground with three boxes, all colours and places at random. */
function picture(random: Random): Uint8Array {
  const colour = () => [random.below(256), random.below(256), random.below(256)];
  const ground = colour();
  const image = Uint8Array.from({ length: 192 }, (_, i) => ground[i % 3]);
  for (let box = 0; box < 3; box++) {
    const paint = colour();
    const [left, top, width, height] = [
      random.below(6),
      random.below(6),
      1 + random.below(4),
      1 + random.below(4),
    ];
    for (let y = top; y < Math.min(8, top + height); y++)
      for (let x = left; x < Math.min(8, left + width); x++) image.set(paint, (y * 8 + x) * 3);
  }
  return image;
}

test("three pictures that have nothing to do with each other are taken for a seed honoured in under 0.1%, roughly in under 5%", () => {
  const random = seededRandom(7);
  const trials = 2_000;
  const counts = { honoured: 0, roughly: 0 };
  for (let trial = 0; trial < trials; trial++) {
    const [first, other, again] = [picture(random), picture(random), picture(random)];
    const { verdict } = judgeSeed({ seeded: true, first, other, again });
    if (verdict === "honoured" || verdict === "roughly") counts[verdict]++;
  }
  expect(counts.honoured / trials).toBeLessThan(0.001);
  expect(counts.roughly / trials).toBeLessThan(0.05);
});
