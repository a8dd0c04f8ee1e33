import { expect, it } from "vitest";
import type { ConditionalDenoiser } from "@/generation/samplers/denoiser";
import { classifierFreeGuidance } from "@/generation/samplers/guidance";

const LENGTH = 2;
const tokens = BigInt64Array.from([3n, 4n, 5n, 0n]);

/** Predicts x plus the sum of the row's tokens, so that captioned and uncaptioned rows can be told apart. */
function recordingDenoiser() {
  const calls: { rows: number; t: number }[] = [];
  const denoise: ConditionalDenoiser = async (x, t, ids) => {
    const rows = ids.length / LENGTH;
    const size = x.length / rows;
    calls.push({ rows, t });
    return x.map((value, index) => {
      const row = Math.floor(index / size);
      return value + Number(ids[row * LENGTH] + ids[row * LENGTH + 1]);
    });
  };
  return { denoise, calls };
}

it("asks for captioned and uncaptioned predictions in one call of twice the batch", async () => {
  const { denoise, calls } = recordingDenoiser();
  await classifierFreeGuidance(denoise, tokens, 3)(Float32Array.from([1, 2]), 0.25);
  expect(calls).toEqual([{ rows: 4, t: 0.25 }]);
});

it("moves away from the uncaptioned prediction by the scale, row by row", async () => {
  const { denoise } = recordingDenoiser();
  const guided = await classifierFreeGuidance(denoise, tokens, 3)(Float32Array.from([1, 2]), 0.25);
  expect([...guided]).toEqual([1 + 3 * 7, 2 + 3 * 5]);
});

it("equals the captioned prediction at scale 1, without the second half", async () => {
  const { denoise, calls } = recordingDenoiser();
  const x = Float32Array.from([1, 2]);
  expect(await classifierFreeGuidance(denoise, tokens, 1)(x, 0.5)).toEqual(await denoise(x, 0.5, tokens));
  expect(calls[0].rows).toBe(2);
});

it("equals the uncaptioned prediction at scale 0", async () => {
  const { denoise } = recordingDenoiser();
  const guided = await classifierFreeGuidance(denoise, tokens, 0)(Float32Array.from([1, 2]), 0.5);
  expect([...guided]).toEqual([1, 2]);
});
