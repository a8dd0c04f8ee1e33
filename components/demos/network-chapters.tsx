import { useTranslations } from "next-intl";
import { Chapter } from "@/components/demos/chapter";
import { Formula } from "@/components/demos/formula";
import { LatentPairs } from "@/components/demos/latent-pairs";
import type { StackSections } from "@/components/demos/stack-sections";

/** Numbers of an image. */
const PIXELS = 3 * 64 * 64;

/** What the network works on, how it is built and where its training looks. */
export function NetworkChapters({ stack, of }: StackSections) {
  const t = useTranslations("stack");
  const teacher = stack.models.find(({ slug }) => slug === "flow-dit-latent");
  const sibling = stack.models.find(({ slug }) => slug === "flow-dit-latent-uniform")?.card.figures
    .againstSibling;
  const numbers =
    teacher?.card.decoder && teacher.card.sampleShape
      ? teacher.card.sampleShape.reduce((product, side) => product * side, 1)
      : null;
  return (
    <>
      <Chapter
        id="latents"
        {...of("latents")}
        figure={stack.reconstructions && <LatentPairs {...stack.reconstructions} />}
      >
        <p>
          {t("networks.latents", {
            known: numbers === null ? "no" : "yes",
            pixels: PIXELS,
            numbers: numbers ?? 0,
            times: numbers === null ? 0 : Math.round(PIXELS / numbers),
          })}
        </p>
        <Formula
          tex={String.raw`\mathcal{L} = \bigl\lVert x - D(z) \bigr\rVert + \beta\,\mathrm{KL}\bigl(q(z \mid x)\,\Vert\,\mathcal{N}(0, I)\bigr)`}
          meaning={t("networks.latentsMeaning")}
        />
      </Chapter>

      <Chapter id="architecture" {...of("architecture")}>
        <p>{t("networks.architecture")}</p>
        <Formula
          tex={String.raw`\begin{gathered} h' = \gamma(t) \odot \mathrm{LayerNorm}(h) + \beta(t) \\ h \leftarrow h + \alpha(t) \odot \mathrm{Attention}(h') \end{gathered}`}
          meaning={t("networks.architectureMeaning")}
        />
      </Chapter>

      <Chapter id="timesteps" {...of("timesteps")}>
        <p>{t("networks.timesteps")}</p>
        {sibling && <p>{t("measured", { what: sibling })}</p>}
        <Formula
          tex={String.raw`t = \frac{1}{1 + e^{-(m + s\,n)}}, \qquad n \sim \mathcal{N}(0, 1)`}
          meaning={t("networks.timestepsMeaning")}
        />
      </Chapter>
    </>
  );
}
