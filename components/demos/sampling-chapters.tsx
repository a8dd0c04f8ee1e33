import { useTranslations } from "next-intl";
import { Chapter } from "@/components/demos/chapter";
import { Formula } from "@/components/demos/formula";
import type { StackSections } from "@/components/demos/stack-sections";
import { SweepPlot } from "@/components/demos/sweep-plot";
import { SweepStrip } from "@/components/demos/sweep-strip";

/** What is chosen when a trained network draws: how strictly it follows the words, and in how many steps. */
export function SamplingChapters({ stack, of }: StackSections) {
  const [t, shown] = [useTranslations("stack.sampling"), useTranslations("demos")];
  return (
    <>
      <Chapter
        id="guidance"
        {...of("guidance")}
        figure={
          <>
            {stack.guidance.map(({ model, strips }) => (
              <SweepStrip
                key={model.slug}
                caption={shown("sweeps.guidance", { model: model.name })}
                columns={strips.map(({ setting, images }) => ({
                  label: shown("sweeps.atScale", { scale: setting }),
                  images,
                }))}
              />
            ))}
            <SweepPlot sweeps={stack.guidance} setting={shown("sweeps.guidanceScale")} />
          </>
        }
      >
        <p>{t("guidance")}</p>
        <Formula
          tex={String.raw`\hat v = v_\theta(x, t, \varnothing) + w\,\bigl(v_\theta(x, t, c) - v_\theta(x, t, \varnothing)\bigr)`}
          meaning={t("guidanceMeaning")}
        />
      </Chapter>

      <Chapter
        id="distillation"
        {...of("distillation")}
        figure={
          <>
            {stack.steps.map(({ model, strips }) => (
              <SweepStrip
                key={model.slug}
                caption={shown("sweeps.steps", { model: model.name })}
                columns={strips.map(({ setting, images }) => ({
                  label: shown("steps", { n: setting }),
                  images,
                }))}
              />
            ))}
            <SweepPlot sweeps={stack.steps} setting={shown("sweeps.stepCount")} />
          </>
        }
      >
        <p>{t("distillation")}</p>
        <Formula
          tex={String.raw`\begin{gathered} x_t = (1-t)\,x_0 + t\,\Phi(x_0, c) \\ \mathcal{L} = \mathbb{E}\,\bigl\lVert v_\theta(x_t, t, c) - \bigl(\Phi(x_0, c) - x_0\bigr) \bigr\rVert^2 \end{gathered}`}
          meaning={t("distillationMeaning")}
        />
      </Chapter>
    </>
  );
}
