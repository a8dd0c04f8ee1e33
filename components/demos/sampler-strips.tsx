import { SweepStrip } from "@/components/demos/sweep-strip";
import type { StackView } from "@/lib/schemas/stack/stack-page";

const SAMPLER_NAMES: Record<string, string> = {
  ddim: "DDIM",
  ddpm: "DDPM",
  euler: "probability flow (Euler)",
  lcm: "noised anew (LCM)",
  "predictor-corrector": "predictor-corrector",
  langevin: "annealed Langevin",
};

/** One network walked by several samplers, where a model has several. */
export function SamplerStrips({ stack, slug }: { stack: StackView; slug: string }) {
  return stack.samplers
    .filter(({ model }) => model.slug === slug)
    .map(({ model, rows }) => (
      <SweepStrip
        key={model.slug}
        caption={`${model.name}: one network, the same prompts and seeds, walked by different samplers.`}
        columns={rows.map(({ sampler, images }) => ({
          label: SAMPLER_NAMES[sampler] ?? sampler,
          images,
        }))}
      />
    ));
}
