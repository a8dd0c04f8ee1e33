import { useTranslations } from "next-intl";
import { SweepStrip } from "@/components/demos/sweep-strip";
import type { StackView } from "@/lib/schemas/stack/stack-page";

const SAMPLERS = ["ddim", "ddpm", "euler", "lcm", "predictor-corrector", "langevin"] as const;

/** One network walked by several samplers, where a model has several. */
export function SamplerStrips({ stack, slug }: { stack: StackView; slug: string }) {
  const t = useTranslations("demos.samplers");
  const nameOf = (sampler: string) => {
    const known = SAMPLERS.find((each) => each === sampler);
    return known ? t(known) : sampler;
  };
  return stack.samplers
    .filter(({ model }) => model.slug === slug)
    .map(({ model, rows }) => (
      <SweepStrip
        key={model.slug}
        caption={t("caption", { model: model.name })}
        columns={rows.map(({ sampler, images }) => ({ label: nameOf(sampler), images }))}
      />
    ));
}
