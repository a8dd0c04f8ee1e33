import { counted } from "@/components/format";
import { Chapter } from "@/components/demos/chapter";
import { Formula } from "@/components/demos/formula";
import type { StackSections } from "@/components/demos/stack-sections";
import { SweepPlot } from "@/components/demos/sweep-plot";
import { SweepStrip } from "@/components/demos/sweep-strip";

/** What is chosen when a trained network draws: how strictly it follows the words, and in how many steps. */
export function SamplingChapters({ stack, of }: StackSections) {
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
                caption={`${model.name}: the same prompts and seeds, guidance from none to too much.`}
                columns={strips.map(({ setting, images }) => ({ label: `w = ${setting}`, images }))}
              />
            ))}
            <SweepPlot sweeps={stack.guidance} setting="guidance scale" />
          </>
        }
      >
        <p>
          Ask the network twice, with the caption and without, and go further in the direction of the
          difference. The image follows the words more closely and varies less; too much of it burns colours
          and flattens shapes. It doubles the compute of every step.
        </p>
        <Formula
          tex={String.raw`\hat v = v_\theta(x, t, \varnothing) + w\,\bigl(v_\theta(x, t, c) - v_\theta(x, t, \varnothing)\bigr)`}
          meaning="Classifier-free guidance of scale w; 1 is none (Ho & Salimans 2022)."
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
                caption={`${model.name}: the same prompts and seeds, more and more steps.`}
                columns={strips.map(({ setting, images }) => ({
                  label: counted(setting, "step"),
                  images,
                }))}
              />
            ))}
            <SweepPlot sweeps={stack.steps} setting="steps" />
          </>
        }
      >
        <p>
          Every step asks the whole network. A student learns to reach in a few steps where its teacher goes
          in many: by reflow, it is taught the straight line from each noise to the image that the teacher
          makes of it, guidance included.
        </p>
        <Formula
          tex={String.raw`\begin{gathered} x_t = (1-t)\,x_0 + t\,\Phi(x_0, c) \\ \mathcal{L} = \mathbb{E}\,\bigl\lVert v_\theta(x_t, t, c) - \bigl(\Phi(x_0, c) - x_0\bigr) \bigr\rVert^2 \end{gathered}`}
          meaning="Φ is where the teacher carries the noise x₀ (Liu et al. 2023)."
        />
      </Chapter>
    </>
  );
}
