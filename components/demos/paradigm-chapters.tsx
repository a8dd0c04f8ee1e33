import { Chapter } from "@/components/demos/chapter";
import { Formula } from "@/components/demos/formula";
import { SamplerStrips } from "@/components/demos/sampler-strips";
import type { StackSections } from "@/components/demos/stack-sections";

/** How noise is carried into an image: by naming the noise, by its score, or along a straight line. */
export function ParadigmChapters({ stack, of }: StackSections) {
  return (
    <>
      <Chapter
        id="noise-prediction"
        {...of("noise-prediction")}
        figure={
          <>
            <SamplerStrips stack={stack} slug="ddpm-unet-latent" />
            <SamplerStrips stack={stack} slug="ddpm-unet-pixel" />
          </>
        }
      >
        <p>
          Mix an image with noise, a little or a lot, and train a network to say which noise was added. To
          draw, begin with noise alone and take away, step by step, what the network says does not belong.
        </p>
        <Formula
          tex={String.raw`\begin{gathered} x_t = \sqrt{\bar\alpha_t}\,x_0 + \sqrt{1-\bar\alpha_t}\,\varepsilon \\ \mathcal{L} = \mathbb{E}\,\bigl\lVert \varepsilon_\theta(x_t, t, c) - \varepsilon \bigr\rVert^2 \end{gathered}`}
          meaning="The noisy image x at time t, and the squared error of the noise that the network names for caption c (Ho et al. 2020). A network that names the clean image, or a mixture of both (v), says the same thing in other units."
        />
      </Chapter>

      <Chapter
        id="score-matching"
        {...of("score-matching")}
        figure={<SamplerStrips stack={stack} slug="score-unet-pixel" />}
      >
        <p>
          The score is the direction in which images become more likely. A network that knows it at every
          level of noise can walk uphill with a little shaking (Langevin), follow a reversed diffusion and
          correct itself (predictor-corrector), or glide along the one ordinary differential equation that has
          the same distributions (probability flow). Noise and score are one thing up to a factor.
        </p>
        <Formula
          tex={String.raw`\begin{gathered} \nabla_{x_t} \log q(x_t \mid x_0) = -\frac{\varepsilon}{\sigma_t} \\ \mathrm{d}x = \bigl[f - g^2\,\nabla_x \log p_t(x)\bigr]\,\mathrm{d}t + g\,\mathrm{d}\bar w \end{gathered}`}
          meaning="The score of a noisy image with noise of size sigma, and the diffusion run backwards in time (Song et al. 2021)."
        />
      </Chapter>

      <Chapter
        id="flow-matching"
        {...of("flow-matching")}
        figure={<SamplerStrips stack={stack} slug="flow-dit-latent" />}
      >
        <p>
          Draw a straight line from a noise to an image and train a network to say in which direction it
          leads. To draw, follow the directions. Straight paths need few steps, and training is a plain
          regression: this is what most large open models do today. A walk that never looks back also keeps
          its first mistakes; noising each estimate anew forgets them, and in theory narrows what is drawn.
        </p>
        <Formula
          tex={String.raw`\begin{gathered} x_t = (1-t)\,x_0 + t\,x_1 \qquad \frac{\mathrm{d}x}{\mathrm{d}t} = v_\theta(x, t, c) \\ \mathcal{L} = \mathbb{E}\,\bigl\lVert v_\theta(x_t, t, c) - (x_1 - x_0) \bigr\rVert^2 \end{gathered}`}
          meaning="Between noise x₀ and image x₁, the velocity is their difference; sampling integrates the learnt one (Lipman et al. 2023; Liu et al. 2023)."
        />
      </Chapter>
    </>
  );
}
