import { useTranslations } from "next-intl";
import { Chapter } from "@/components/demos/chapter";
import { Formula } from "@/components/demos/formula";
import { SamplerStrips } from "@/components/demos/sampler-strips";
import type { StackSections } from "@/components/demos/stack-sections";

/** How noise is carried into an image: by naming the noise, by its score, or along a straight line. */
export function ParadigmChapters({ stack, of }: StackSections) {
  const t = useTranslations("stack.paradigms");
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
        <p>{t("noise")}</p>
        <Formula
          tex={String.raw`\begin{gathered} x_t = \sqrt{\bar\alpha_t}\,x_0 + \sqrt{1-\bar\alpha_t}\,\varepsilon \\ \mathcal{L} = \mathbb{E}\,\bigl\lVert \varepsilon_\theta(x_t, t, c) - \varepsilon \bigr\rVert^2 \end{gathered}`}
          meaning={t("noiseMeaning")}
        />
      </Chapter>

      <Chapter
        id="score-matching"
        {...of("score-matching")}
        figure={<SamplerStrips stack={stack} slug="score-unet-pixel" />}
      >
        <p>{t("score")}</p>
        <Formula
          tex={String.raw`\begin{gathered} \nabla_{x_t} \log q(x_t \mid x_0) = -\frac{\varepsilon}{\sigma_t} \\ \mathrm{d}x = \bigl[f - g^2\,\nabla_x \log p_t(x)\bigr]\,\mathrm{d}t + g\,\mathrm{d}\bar w \end{gathered}`}
          meaning={t("scoreMeaning")}
        />
      </Chapter>

      <Chapter
        id="flow-matching"
        {...of("flow-matching")}
        figure={<SamplerStrips stack={stack} slug="flow-dit-latent" />}
      >
        <p>{t("flow")}</p>
        <Formula
          tex={String.raw`\begin{gathered} x_t = (1-t)\,x_0 + t\,x_1 \qquad \frac{\mathrm{d}x}{\mathrm{d}t} = v_\theta(x, t, c) \\ \mathcal{L} = \mathbb{E}\,\bigl\lVert v_\theta(x_t, t, c) - (x_1 - x_0) \bigr\rVert^2 \end{gathered}`}
          meaning={t("flowMeaning")}
        />
      </Chapter>
    </>
  );
}
