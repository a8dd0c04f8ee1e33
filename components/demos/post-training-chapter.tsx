import { useTranslations } from "next-intl";
import { Chapter } from "@/components/demos/chapter";
import { Formula } from "@/components/demos/formula";
import { ImagePairs } from "@/components/demos/image-pairs";
import type { StackSections } from "@/components/demos/stack-sections";

/** What a generator learns from its own images, once those of others have taught it all they do. */
export function PostTrainingChapter({ stack, of }: StackSections) {
  const [t, pairs] = [useTranslations("stack.postTraining"), useTranslations("demos.pairs")];
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
            large={pairs("afterTraining")}
            small={pairs("beforeTraining")}
            caption={pairs("training", {
              after: postTraining.after.name,
              before: postTraining.before.name,
            })}
          />
        )
      }
    >
      <p>{t("text")}</p>
      <Formula
        tex={String.raw`\begin{gathered} \mathcal{L} = \mathbb{E}\,\bigl[\, r\,\lVert v_\theta - v \rVert^2 + (1-r)\,\lVert \tilde v - v \rVert^2 \bigr] \\ \tilde v = 2\,v_{\text{old}} - v_\theta \\ r = \tfrac12 + \tfrac12\,\mathrm{clip}\Bigl(\frac{R - \bar R_c}{\sigma},\,-1,\,1\Bigr) \end{gathered}`}
        meaning={t("meaning")}
      />
    </Chapter>
  );
}
