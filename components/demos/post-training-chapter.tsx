import { Chapter } from "@/components/demos/chapter";
import { Formula } from "@/components/demos/formula";
import { ImagePairs } from "@/components/demos/image-pairs";
import type { StackSections } from "@/components/demos/stack-sections";

/** What a generator learns from its own images, once those of others have taught it all they do. */
export function PostTrainingChapter({ stack, of }: StackSections) {
  const { postTraining } = stack;
  return (
    <Chapter
      id="post-training"
      {...of("post-training")}
      figure={
        postTraining && (
          <ImagePairs
            pairs={postTraining.pairs.map(({ prompt, before, after }) => ({
              prompt,
              large: after,
              small: before,
            }))}
            large="after post-training"
            small="before it"
            caption={`Large ${postTraining.after.name}, small ${postTraining.before.name}, as which it began, from the same seed: prompts that ask for several different things.`}
          />
        )
      }
    >
      <p>
        Images of others teach a generator what images look like, and little about its own mistakes. So train
        it further on its own images: draw several of each caption, have a judge say how right each is, and
        train on them, towards those better than their caption’s mean and away from the others. A model
        trained so learns to please the judge. Here that is a second reading network, of another seed and
        other images than the grader that fills the cards; whether the images got better too, the grader, the
        distance to real renders and people must say.
      </p>
      <Formula
        tex={String.raw`\begin{gathered} \mathcal{L} = \mathbb{E}\,\bigl[\, r\,\lVert v_\theta - v \rVert^2 + (1-r)\,\lVert \tilde v - v \rVert^2 \bigr] \\ \tilde v = 2\,v_{\text{old}} - v_\theta \\ r = \tfrac12 + \tfrac12\,\mathrm{clip}\Bigl(\frac{R - \bar R_c}{\sigma},\,-1,\,1\Bigr) \end{gathered}`}
        meaning="Where v leads to an image that the model drew itself: R is its reward and R̄ the mean of its caption’s images; ṽ is the velocity mirrored at the old one (DiffusionNFT, Zheng et al. 2025)."
      />
    </Chapter>
  );
}
