import type { SamplerName } from "@/generation/model-card";
import { momentOf, type Moment, type Reading } from "@/generation/samplers/clean-estimate";
import type { Denoiser } from "@/generation/samplers/denoiser";
import { LANGEVIN_REPEATS } from "@/generation/samplers/langevin";

/** How often a sampler asks the network in each of its steps; the first time is where the step begins. */
export const CALLS_A_STEP: Record<SamplerName, number> = {
  euler: 1,
  heun: 2,
  lcm: 1,
  ddim: 1,
  ddpm: 1,
  "predictor-corrector": 2,
  langevin: LANGEVIN_REPEATS,
};

/** The walk at the beginning of one of its steps; step 0 is the first noise. */
export interface Frame extends Moment {
  step: number;
}

/** `count` of the steps 0 .. steps - 1, as evenly spread as they can be, the first and (of several) the last among them. */
export function frameSteps(steps: number, count: number): number[] {
  return Array.from({ length: count }, (_, index) =>
    count === 1 ? 0 : Math.round((index * (steps - 1)) / (count - 1)),
  );
}

/**
 * A denoiser that also keeps `count` frames of the walk it is asked along. Samplers need not know: where a walk stands, and
 * where it would lead, follow from the question and the answer.
 * @param count at most `steps`
 */
export function recordFrames(
  denoise: Denoiser,
  reading: Reading,
  { sampler, steps, frames: count }: { sampler: SamplerName; steps: number; frames: number },
): { denoise: Denoiser; frames: Frame[] } {
  const wanted = new Set(frameSteps(steps, count).map((step) => step * CALLS_A_STEP[sampler]));
  const frames: Frame[] = [];
  let call = 0;
  return {
    frames,
    denoise: async (x, t) => {
      const output = await denoise(x, t);
      if (wanted.has(call)) {
        frames.push({ step: call / CALLS_A_STEP[sampler], ...momentOf(reading, x, t, output) });
      }
      call += 1;
      return output;
    },
  };
}
