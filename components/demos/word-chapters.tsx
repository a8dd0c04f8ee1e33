import { Chapter } from "@/components/demos/chapter";
import { ContrastiveMap } from "@/components/demos/contrastive-map";
import { Formula } from "@/components/demos/formula";
import { ImagePairs } from "@/components/demos/image-pairs";
import type { StackSections } from "@/components/demos/stack-sections";
import { WrittenPrompts } from "@/components/demos/written-prompts";

/** What joins words and images: a new word, words that are written by diffusion, and one space for both. */
export function WordChapters({ stack, of }: StackSections) {
  return (
    <>
      <Chapter
        id="adapters"
        {...of("adapters")}
        figure={stack.adapters.map(({ model, word, pairs }) => (
          <ImagePairs
            key={model.slug}
            pairs={pairs.map(({ prompt, adapted, base }) => ({ prompt, large: adapted, small: base }))}
            large="with the adapter"
            small="without it"
            caption={`${model.name}: large with the adapter, small what the model it changes makes of “${word}” from the same seed. None of these prompts is among the ten it learnt from.`}
          />
        ))}
      >
        <p>
          Ten images of a subject that the model has never seen, a word that means nothing yet, and a small
          change of low rank to its weights: afterwards the word draws the subject, in company and in places
          that the ten images did not show. The adapter is a small file beside the model it changes.
        </p>
        <Formula
          tex={String.raw`\begin{gathered} W' = W + s\,B A, \qquad r \ll \min(d, k) \\ B \in \mathbb{R}^{d \times r}, \qquad A \in \mathbb{R}^{r \times k} \end{gathered}`}
          meaning="Only A and B are trained (Hu et al. 2022), from a handful of images (Ruiz et al. 2023)."
        />
      </Chapter>

      <Chapter id="words" figure={stack.enhancer && <WrittenPrompts {...stack.enhancer} />}>
        <p>
          Diffusion also writes. Hide a share t of a caption’s words, let a network guess them all at once,
          keep the guesses it is surest of and hide the rest again. The cost grows with the number of steps
          and not with the number of words. Salon’s prompt enhancer turns a terse prompt into a full caption
          this way before anything is drawn:{" "}
          <code className="bg-sunk rounded px-1 font-mono text-[0.85em]">enhance: true</code> asks the backend
          for it.
        </p>
        <Formula
          tex={String.raw`\begin{gathered} \mathcal{L} = \mathbb{E}_{t}\,\frac{1}{t} \sum_{i\,:\,w_i\ \text{hidden}} \ell_i \\ \ell_i = -\log p_\theta\bigl(w_i \mid \text{the words that are left}\bigr) \end{gathered}`}
          meaning="Masked diffusion: cross-entropy of the hidden words, the more weight the fewer are hidden (Sahoo et al. 2024; Nie et al. 2025)."
        />
      </Chapter>

      <Chapter id="shared-space" figure={<ContrastiveMap map={stack.map} />}>
        <p>
          Two networks, one that looks and one that reads, are taught to point the same way for an image and
          its own caption and elsewhere for all others. Then the angle between an image and a prompt is a
          score of how well they go together: the part that CLIP plays in larger worlds, as the text encoder
          of generators and as a metric beside them.
        </p>
        <Formula
          tex={String.raw`\begin{gathered} s_{ij} = \tfrac{1}{\tau}\,u_i \cdot v_j \\ \mathcal{L} = -\frac{1}{2N} \sum_i \Bigl[ \log \frac{e^{s_{ii}}}{\sum_j e^{s_{ij}}} + \log \frac{e^{s_{ii}}}{\sum_j e^{s_{ji}}} \Bigr] \end{gathered}`}
          meaning="Symmetric InfoNCE: of N images u and captions v, each must find its own among the others’ (Radford et al. 2021). Salon’s encoder is also shown false captions that differ in one claim."
        />
      </Chapter>
    </>
  );
}
