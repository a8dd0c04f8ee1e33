import { describe, expect, test } from "vitest";
import { judgeDrift, type CanaryImages } from "@/lib/metrics/drift";
import { seededRandom, type Random } from "@/lib/numerics/random";

const flat = (level: number) => new Uint8Array(192).fill(level);
type Row = [last: number[], now: number[]];
const canaries = (...rows: Row[]): CanaryImages[] =>
  rows.map(([last, now]) => ({ last: last.map(flat), now: now.map(flat) }));
const times = (n: number, row: Row): Row[] => Array<Row>(n).fill(row);

describe("whether a model changed is told by the distances of a few images", () => {
  test.each<[string, CanaryImages[], boolean, string]>([
    ["seeds honoured, the same images", canaries(...times(8, [[100], [100]])), true, "unchanged"],
    ["seeds honoured, other rounding", canaries(...times(8, [[100], [101]])), true, "unchanged"],
    [
      "seeds honoured, one image of eight came out another",
      canaries(...times(7, [[100], [100]]), [[100], [130]]),
      true,
      "unchanged",
    ],
    ["seeds honoured, other images", canaries(...times(8, [[100], [130]])), true, "changed"],
    ["seeds honoured, too few prompts", canaries(...times(3, [[100], [130]])), true, "unknown"],
    ["nothing came", canaries(...times(8, [[100], []])), true, "unknown"],
    [
      "no seeds, as far apart as two draws",
      canaries(
        ...times(8, [
          [90, 110],
          [110, 90],
        ]),
      ),
      false,
      "unchanged",
    ],
    [
      "no seeds, further apart than two draws",
      canaries(
        ...times(8, [
          [90, 95],
          [150, 155],
        ]),
      ),
      false,
      "changed",
    ],
    ["no seeds, one draw a prompt", canaries(...times(8, [[100], [130]])), false, "unknown"],
    [
      "always one image, the same",
      canaries(
        ...times(8, [
          [90, 90],
          [90, 90],
        ]),
      ),
      false,
      "unchanged",
    ],
    // The two of eight whose images are refused now count as missing, not as changed.
    [
      "refusals are left out",
      canaries(...times(6, [[100], [100]]), ...times(2, [[100], []])),
      true,
      "unchanged",
    ],
  ])("%s", (_, images, seeded, verdict) => {
    expect(judgeDrift(images, { seeded }).verdict).toBe(verdict);
  });

  test("says the distance with its interval and over how many prompts", () => {
    const found = judgeDrift(canaries([[100], [120]], [[100], [125]], [[100], [130]], [[100], [135]]), {
      seeded: true,
    });
    expect(found).toMatchObject({ verdict: "changed", distance: 27.5, prompts: 4 });
    expect(found.low).toBeGreaterThan(1.5);
    expect(found.high).toBeGreaterThan(27.5);
  });
});

/** A draw of a prompt: its own ground and light, boxes at random places. @param style how much the model likes red */
function draw(prompt: number, style: number, random: Random): Uint8Array {
  const ground = [40 + ((prompt * 53) % 160) + style, 40 + ((prompt * 97) % 160), 40 + ((prompt * 31) % 160)];
  const light = 25 * random.normal();
  const image = new Uint8ClampedArray(192);
  for (let i = 0; i < 192; i++) image[i] = ground[i % 3] + light;
  for (let box = 0; box < 3; box++) {
    const [left, top, width, height] = [
      random.below(6),
      random.below(6),
      1 + random.below(4),
      1 + random.below(4),
    ];
    const paint = [random.below(256) + style, random.below(256), random.below(256)];
    for (let y = top; y < Math.min(8, top + height); y++)
      for (let x = left; x < Math.min(8, left + width); x++) image.set(paint, (y * 8 + x) * 3);
  }
  return new Uint8Array(image);
}

/** How often a change is seen among checks of eight prompts without seeds. */
function share(checks: number, style: number): number {
  const random = seededRandom(11);
  let changed = 0;
  for (let check = 0; check < checks; check++) {
    const images = Array.from({ length: 8 }, (_, prompt) => ({
      last: [draw(prompt, 0, random), draw(prompt, 0, random)],
      now: [draw(prompt, style, random), draw(prompt, style, random)],
    }));
    if (judgeDrift(images, { seeded: false }).verdict === "changed") changed++;
  }
  return changed / checks;
}

test("where nothing changes at most two checks of a hundred raise an alarm; a model that paints otherwise is seen", () => {
  expect(share(600, 0)).toBeLessThanOrEqual(0.02);
  expect(share(100, 120)).toBeGreaterThan(0.8);
});
