import "katex/dist/katex.min.css";
import type { Metadata } from "next";
import Link from "next/link";
import { counted } from "@/components/format";
import { RefreshEvery } from "@/components/refresh-every";
import { Chapter } from "@/components/stack/chapter";
import { CHAPTERS } from "@/components/stack/chapters";
import { ContrastiveMap } from "@/components/stack/contrastive-map";
import { Formula } from "@/components/stack/formula";
import { LatentPairs } from "@/components/stack/latent-pairs";
import { OwnPrompt } from "@/components/stack/own-prompt";
import { PriceTable } from "@/components/stack/price-table";
import { PromptGrid } from "@/components/stack/prompt-grid";
import { SweepPlot } from "@/components/stack/sweep-plot";
import { SweepStrip } from "@/components/stack/sweep-strip";
import { AdapterPairs } from "@/components/stack/adapter-pairs";
import { Walk } from "@/components/stack/walk";
import { WrittenPrompts } from "@/components/stack/written-prompts";
import { CHOICES, type Choice } from "@/lib/stack/exhibits";
import { readStack } from "@/lib/stack/read-stack";

export const dynamic = "force-dynamic";
export const metadata: Metadata = {
  title: "The stack",
  description:
    "How modern image generators carry noise into pictures: one small trained model for every choice, drawn and measured here.",
};

const SAMPLER_NAMES: Record<string, string> = {
  ddim: "DDIM",
  ddpm: "DDPM",
  euler: "probability flow",
  "predictor-corrector": "predictor-corrector",
  langevin: "annealed Langevin",
};

export default async function StackPage() {
  const stack = await readStack();
  const of = (choice: Choice) => ({
    models: stack.models.filter(({ slug }) => (CHOICES[choice] as readonly string[]).includes(slug)),
    comparisons: stack.comparisons[choice],
  });
  const walked = stack.models.flatMap(({ slug, name, walk }) => (walk ? [{ slug, name, walk }] : []));
  const teacher = stack.models.find(({ slug }) => slug === "flow-dit-latent");
  const numbers = (shape: number[]) => shape.reduce((product, side) => product * side, 1);
  const pixels = 3 * 64 * 64;
  return (
    <div className="page pt-10 sm:pt-14">
      <header className="max-w-3xl">
        <h1 className="text-4xl sm:text-5xl">The stack</h1>
        <p className="text-muted mt-5 text-lg leading-relaxed">
          A modern image generator is a stack of choices about how to carry noise into pictures. Salon trains
          one small model for each choice, all on the same little world of toys, so that you can look at what
          a choice changes, and read what it cost and brought. Where the measurements cannot tell two models
          apart, this page says so.
        </p>
      </header>

      <Progress {...stack.progress} known={stack.models.length} />

      <section className="mt-10" aria-labelledby="walk">
        <h2 id="walk" className="sr-only">
          From noise to image
        </h2>
        {walked.length > 0 ? (
          <Walk models={walked} />
        ) : (
          <p className="card text-muted p-10 text-center font-serif italic">
            The way from noise to image is being painted. It hangs itself here.
          </p>
        )}
      </section>

      {stack.models.length > 0 && stack.prompts.length > 0 && (
        <section className="mt-20" aria-labelledby="grid">
          <h2 id="grid" className="text-3xl">
            One prompt, one seed, every model
          </h2>
          <p className="text-muted mt-3 max-w-[68ch]">
            Each model begins with the noise of the same seed, as far as they share a shape of noise. The dot
            tells whether the grader found all that the prompt asked for.
          </p>
          <div className="mt-6">
            <PromptGrid
              prompts={stack.prompts}
              models={stack.models.map(({ slug, name, pictures }) => ({ slug, name, pictures }))}
            />
          </div>
          <div className="mt-10">
            <OwnPrompt />
          </div>
        </section>
      )}

      <div className="mt-20 grid grid-cols-[minmax(0,1fr)] gap-x-14 lg:grid-cols-[12rem_minmax(0,1fr)]">
        <nav aria-label="The choices" className="hidden lg:block">
          <ul className="sticky top-24 grid gap-2 text-sm">
            {Object.entries(CHAPTERS).map(([id, title]) => (
              <li key={id}>
                <a href={`#${id}`} className="text-muted hover:text-ink">
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div>
          <Chapter
            id="noise-prediction"
            {...of("noise-prediction")}
            exhibit={samplerStrips(stack, "ddpm-unet-pixel")}
          >
            <p>
              Mix a picture with noise, a little or a lot, and train a network to say which noise was added.
              To draw, begin with noise alone and take away, step by step, what the network says does not
              belong.
            </p>
            <Formula
              tex={String.raw`\begin{gathered} x_t = \sqrt{\bar\alpha_t}\,x_0 + \sqrt{1-\bar\alpha_t}\,\varepsilon \\ \mathcal{L} = \mathbb{E}\,\bigl\lVert \varepsilon_\theta(x_t, t, c) - \varepsilon \bigr\rVert^2 \end{gathered}`}
              meaning="The noisy picture x at time t, and the squared error of the noise that the network names for caption c (Ho et al. 2020). A network that names the clean picture, or a mixture of both (v), says the same thing in other units."
            />
          </Chapter>

          <Chapter
            id="score-matching"
            {...of("score-matching")}
            exhibit={samplerStrips(stack, "score-unet-pixel")}
          >
            <p>
              The score is the direction in which pictures become more likely. A network that knows it at
              every level of noise can walk uphill with a little shaking (Langevin), follow a reversed
              diffusion and correct itself (predictor-corrector), or glide along the one ordinary differential
              equation that has the same distributions (probability flow). Noise and score are one thing up to
              a factor.
            </p>
            <Formula
              tex={String.raw`\begin{gathered} \nabla_{x_t} \log q(x_t \mid x_0) = -\frac{\varepsilon}{\sigma_t} \\ \mathrm{d}x = \bigl[f - g^2\,\nabla_x \log p_t(x)\bigr]\,\mathrm{d}t + g\,\mathrm{d}\bar w \end{gathered}`}
              meaning="The score of a noisy picture with noise of size sigma, and the diffusion run backwards in time (Song et al. 2021)."
            />
          </Chapter>

          <Chapter id="flow-matching" {...of("flow-matching")}>
            <p>
              Draw a straight line from a noise to a picture and train a network to say in which direction it
              leads. To draw, follow the directions. Straight paths need few steps, and training is a plain
              regression: this is what most large open models do today.
            </p>
            <Formula
              tex={String.raw`\begin{gathered} x_t = (1-t)\,x_0 + t\,x_1 \qquad \frac{\mathrm{d}x}{\mathrm{d}t} = v_\theta(x, t, c) \\ \mathcal{L} = \mathbb{E}\,\bigl\lVert v_\theta(x_t, t, c) - (x_1 - x_0) \bigr\rVert^2 \end{gathered}`}
              meaning="Between noise x₀ and picture x₁, the velocity is their difference; sampling integrates the learnt one (Lipman et al. 2023; Liu et al. 2023)."
            />
          </Chapter>

          <Chapter
            id="latents"
            {...of("latents")}
            exhibit={stack.reconstructions && <LatentPairs {...stack.reconstructions} />}
          >
            <p>
              A picture of 64 × 64 pixels is {pixels.toLocaleString("en")} numbers, most of them predictable
              from their neighbours. An autoencoder squeezes it
              {teacher?.card.decoder
                ? ` into ${numbers(teacher.card.sampleShape).toLocaleString("en")}, ${Math.round(pixels / numbers(teacher.card.sampleShape))} times fewer,`
                : " into far fewer"}{" "}
              and the generator works there. What the autoencoder loses, no generator behind it can draw; what
              it saves is compute.
            </p>
            <Formula
              tex={String.raw`\mathcal{L} = \bigl\lVert x - D(z) \bigr\rVert + \beta\,\mathrm{KL}\bigl(q(z \mid x)\,\Vert\,\mathcal{N}(0, I)\bigr)`}
              meaning="Reconstruct the picture from its latent z, and keep latents near a standard normal so that noise and latents can be mixed (Kingma & Welling 2014; Rombach et al. 2022)."
            />
          </Chapter>

          <Chapter id="architecture" {...of("architecture")}>
            <p>
              A U-Net looks at a picture at several sizes, from fine to coarse and back, with bridges between
              equal sizes. A diffusion transformer (DiT) cuts it into patches that all look at each other, and
              tells every layer the time by scaling and shifting it (adaLN). Transformers grow better with
              compute; at this size that need not show.
            </p>
            <Formula
              tex={String.raw`h \leftarrow h + \alpha(t) \odot \mathrm{Attention}\bigl(\gamma(t) \odot \mathrm{LayerNorm}(h) + \beta(t)\bigr)`}
              meaning="adaLN: scale, shift and gate of every layer are read from the time (Peebles & Xie 2023)."
            />
          </Chapter>

          <Chapter id="timesteps" {...of("timesteps")}>
            <p>
              Very noisy and nearly clean pictures teach little: there the answer is blurry or plain. Drawing
              training times from a logit-normal distribution spends the effort in the middle. The ablation is
              the same recipe with uniform times.
            </p>
            <Formula
              tex={String.raw`t = \frac{1}{1 + e^{-(m + s\,n)}}, \qquad n \sim \mathcal{N}(0, 1)`}
              meaning="Logit-normal times of mean m and spread s (Esser et al. 2024); higher resolutions want m nearer the noise."
            />
          </Chapter>

          <Chapter
            id="guidance"
            {...of("guidance")}
            exhibit={
              <>
                {stack.guidance.map(({ model, strips }) => (
                  <SweepStrip
                    key={model.slug}
                    caption={`${model.name}: the same prompts and seeds, guidance from none to too much.`}
                    columns={strips.map(({ setting, pictures }) => ({ label: `w = ${setting}`, pictures }))}
                  />
                ))}
                <SweepPlot sweeps={stack.guidance} setting="guidance scale" />
              </>
            }
          >
            <p>
              Ask the network twice, with the caption and without, and go further in the direction of the
              difference. The picture follows the words more closely and varies less; too much of it burns
              colours and flattens shapes. It doubles the compute of every step.
            </p>
            <Formula
              tex={String.raw`\hat v = v_\theta(x, t, \varnothing) + w\,\bigl(v_\theta(x, t, c) - v_\theta(x, t, \varnothing)\bigr)`}
              meaning="Classifier-free guidance of scale w; 1 is none (Ho & Salimans 2022)."
            />
          </Chapter>

          <Chapter
            id="distillation"
            {...of("distillation")}
            exhibit={
              <>
                {stack.steps.map(({ model, strips }) => (
                  <SweepStrip
                    key={model.slug}
                    caption={`${model.name}: the same prompts and seeds, more and more steps.`}
                    columns={strips.map(({ setting, pictures }) => ({
                      label: counted(setting, "step"),
                      pictures,
                    }))}
                  />
                ))}
                <SweepPlot sweeps={stack.steps} setting="steps" />
              </>
            }
          >
            <p>
              Every step asks the whole network. A student learns to reach in a few steps where its teacher
              goes in many: by reflow, it is taught the straight line from each noise to the picture that the
              teacher makes of it, guidance included.
            </p>
            <Formula
              tex={String.raw`\begin{gathered} x_t = (1-t)\,x_0 + t\,\Phi(x_0, c) \\ \mathcal{L} = \mathbb{E}\,\bigl\lVert v_\theta(x_t, t, c) - \bigl(\Phi(x_0, c) - x_0\bigr) \bigr\rVert^2 \end{gathered}`}
              meaning="Φ is where the teacher carries the noise x₀ (Liu et al. 2023)."
            />
          </Chapter>

          <Chapter
            id="adapters"
            {...of("adapters")}
            exhibit={stack.adapters.map((adapter) => (
              <AdapterPairs key={adapter.model.slug} {...adapter} />
            ))}
          >
            <p>
              Ten pictures of a subject that the model has never seen, a word that means nothing yet, and a
              small change of low rank to its weights: afterwards the word draws the subject, in company and
              in places that the ten pictures did not show. The adapter is a small file beside the model it
              changes.
            </p>
            <Formula
              tex={String.raw`W' = W + s\,B A, \qquad B \in \mathbb{R}^{d \times r},\; A \in \mathbb{R}^{r \times k},\; r \ll \min(d, k)`}
              meaning="Only A and B are trained (Hu et al. 2022), from a handful of pictures (Ruiz et al. 2023)."
            />
          </Chapter>

          <Chapter id="words" exhibit={stack.enhancer && <WrittenPrompts {...stack.enhancer} />}>
            <p>
              Diffusion also writes. Hide a share t of a caption’s words, let a network guess them all at
              once, keep the guesses it is surest of and hide the rest again. The cost grows with the number
              of steps and not with the number of words. Salon’s prompt enhancer turns a terse prompt into a
              full caption this way before anything is drawn:{" "}
              <code className="bg-sunk rounded px-1 font-mono text-[0.85em]">enhance: true</code> asks the
              backend for it.
            </p>
            <Formula
              tex={String.raw`\mathcal{L} = \mathbb{E}_{t}\,\frac{1}{t} \sum_{i\,:\,w_i\ \text{hidden}} -\log p_\theta\bigl(w_i \mid \text{the words that are left}\bigr)`}
              meaning="Masked diffusion: cross-entropy of the hidden words, the more weight the fewer are hidden (Sahoo et al. 2024; Nie et al. 2025)."
            />
          </Chapter>

          <Chapter id="shared-space" exhibit={<ContrastiveMap map={stack.map} />}>
            <p>
              Two networks, one that looks and one that reads, are taught to point the same way for a picture
              and its own caption and elsewhere for all others. Then the angle between a picture and a prompt
              is a score of how well they go together: the part that CLIP plays in larger worlds, as the eye
              of generators and as a metric beside them.
            </p>
            <Formula
              tex={String.raw`\begin{gathered} s_{ij} = \tfrac{1}{\tau}\,u_i \cdot v_j \\ \mathcal{L} = -\frac{1}{2N} \sum_i \Bigl[ \log \frac{e^{s_{ii}}}{\sum_j e^{s_{ij}}} + \log \frac{e^{s_{ii}}}{\sum_j e^{s_{ji}}} \Bigr] \end{gathered}`}
              meaning="Symmetric InfoNCE: of N pictures u and captions v, each must find its own among the others’ (Radford et al. 2021). Salon’s encoder is also shown false captions that differ in one claim."
            />
          </Chapter>

          <Chapter id="price" exhibit={<PriceTable models={stack.models} />}>
            <p>
              Compute seconds for a megapixel: the median over this installation’s own pictures, each with its
              share of the batch it was drawn in, scaled from the picture’s size (64 × 64 is 0.004096
              megapixels). It is the price of this machine under its load, and compares models with each other
              rather than with a data centre.
            </p>
          </Chapter>

          <p className="text-muted mt-16">
            How the grader, FD-toybox and the intervals work stands under{" "}
            <Link href="/docs/methods" className="link">
              how it is measured
            </Link>
            ; the differences here pair the two models’ pictures prompt by prompt, with Newcombe’s 95%
            interval.
          </p>
        </div>
      </div>
    </div>
  );
}

/** The strip of a model's samplers, where it has several. */
function samplerStrips(stack: Awaited<ReturnType<typeof readStack>>, slug: string) {
  return stack.samplers
    .filter(({ model }) => model.slug === slug)
    .map(({ model, rows }) => (
      <SweepStrip
        key={model.slug}
        caption={`${model.name}: one network, the same prompts and seeds, walked by different samplers.`}
        columns={rows.map(({ sampler, pictures }) => ({
          label: SAMPLER_NAMES[sampler] ?? sampler,
          pictures,
        }))}
      />
    ));
}

/** How far the painting is, while there is something to say. */
function Progress({
  painted,
  planned,
  waiting,
  known,
}: {
  painted: number;
  planned: number;
  waiting: boolean;
  known: number;
}) {
  if (known > 0 && painted === planned) return null;
  const text =
    known === 0
      ? waiting
        ? "The bundled models have just been hung. Their pictures are painted next; this page fills by itself."
        : "No bundled model is registered here. They are when the generation backend runs; the texts can be read without them."
      : waiting
        ? `Painting the demonstrations: ${painted} of ${planned} pictures. This page fills by itself.`
        : `${planned - painted} of ${planned} pictures could not be painted; the worker’s log says why. The next start tries again.`;
  return (
    <div className="card mt-8 p-4" role="status">
      {waiting && <RefreshEvery seconds={6} />}
      <p className="text-muted text-sm">{text}</p>
      {planned > 0 && (
        <div className="bg-sunk mt-3 h-1.5 overflow-hidden rounded-full" aria-hidden="true">
          <div className="bg-accent h-full rounded-full" style={{ width: `${(painted / planned) * 100}%` }} />
        </div>
      )}
    </div>
  );
}
