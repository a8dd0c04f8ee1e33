import { Chapter } from "@/components/demos/chapter";
import { Formula } from "@/components/demos/formula";
import { LatentPairs } from "@/components/demos/latent-pairs";
import type { StackSections } from "@/components/demos/stack-sections";

/** What the network works on, how it is built and where its training looks. */
export function NetworkChapters({ stack, of }: StackSections) {
  const teacher = stack.models.find(({ slug }) => slug === "flow-dit-latent");
  const sibling = stack.models.find(({ slug }) => slug === "flow-dit-latent-uniform")?.card.figures
    .againstSibling;
  const numbers = (shape: number[]) => shape.reduce((product, side) => product * side, 1);
  const pixels = 3 * 64 * 64;
  return (
    <>
      <Chapter
        id="latents"
        {...of("latents")}
        figure={stack.reconstructions && <LatentPairs {...stack.reconstructions} />}
      >
        <p>
          An image of 64 × 64 pixels is {pixels.toLocaleString("en")} numbers, most of them predictable from
          their neighbours. An autoencoder squeezes it
          {teacher?.card.decoder && teacher.card.sampleShape
            ? ` into ${numbers(teacher.card.sampleShape).toLocaleString("en")}, ${Math.round(pixels / numbers(teacher.card.sampleShape))} times fewer,`
            : " into far fewer"}{" "}
          and the generator works there. What the autoencoder loses, no generator behind it can draw; what it
          saves is compute.
        </p>
        <Formula
          tex={String.raw`\mathcal{L} = \bigl\lVert x - D(z) \bigr\rVert + \beta\,\mathrm{KL}\bigl(q(z \mid x)\,\Vert\,\mathcal{N}(0, I)\bigr)`}
          meaning="Reconstruct the image from its latent z, and keep latents near a standard normal so that noise and latents can be mixed (Kingma & Welling 2014; Rombach et al. 2022)."
        />
      </Chapter>

      <Chapter id="architecture" {...of("architecture")}>
        <p>
          A U-Net looks at an image at several sizes, from fine to coarse and back, with bridges between equal
          sizes. A diffusion transformer (DiT) cuts it into patches that all look at each other, and tells
          every layer the time by scaling and shifting it (adaLN). Transformers grow better with compute; at
          this size that need not show.
        </p>
        <Formula
          tex={String.raw`\begin{gathered} h' = \gamma(t) \odot \mathrm{LayerNorm}(h) + \beta(t) \\ h \leftarrow h + \alpha(t) \odot \mathrm{Attention}(h') \end{gathered}`}
          meaning="adaLN: scale, shift and gate of every layer are read from the time (Peebles & Xie 2023)."
        />
      </Chapter>

      <Chapter id="timesteps" {...of("timesteps")}>
        <p>
          Very noisy and nearly clean images teach little: there the answer is blurry or plain. Drawing
          training times from a logit-normal distribution spends the effort in the middle. The ablation is the
          same recipe with uniform times over its last steps.
        </p>
        {sibling && <p>Measured: {sibling}.</p>}
        <Formula
          tex={String.raw`t = \frac{1}{1 + e^{-(m + s\,n)}}, \qquad n \sim \mathcal{N}(0, 1)`}
          meaning="Logit-normal times of mean m and spread s (Esser et al. 2024); higher resolutions want m nearer the noise."
        />
      </Chapter>
    </>
  );
}
