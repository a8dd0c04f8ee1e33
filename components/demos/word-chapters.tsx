import { useTranslations } from "next-intl";
import { Chapter } from "@/components/demos/chapter";
import { ContrastiveMap } from "@/components/demos/contrastive-map";
import { rowsOf } from "@/components/demos/map-rows";
import { Formula } from "@/components/demos/formula";
import { ImagePairs } from "@/components/demos/image-pairs";
import type { StackSections } from "@/components/demos/stack-sections";
import { WrittenPrompts } from "@/components/demos/written-prompts";

/** What joins words and images: a new word, words that are written by diffusion, and one space for both. */
export function WordChapters({ stack, of }: StackSections) {
  const [t, shown] = [useTranslations("stack.words"), useTranslations("demos.pairs")];
  return (
    <>
      <Chapter
        id="adapters"
        {...of("adapters")}
        figure={stack.adapters.map(({ model, word, pairs }) => (
          <ImagePairs
            key={model.slug}
            pairs={pairs.map(({ prompt, adapted, base }) => ({ prompt, large: adapted, small: base }))}
            large={shown("withAdapter")}
            small={shown("withoutAdapter")}
            caption={shown("adapter", { model: model.name, word })}
          />
        ))}
      >
        <p>{t("adapters")}</p>
        <Formula
          tex={String.raw`\begin{gathered} W' = W + s\,B A, \qquad r \ll \min(d, k) \\ B \in \mathbb{R}^{d \times r}, \qquad A \in \mathbb{R}^{r \times k} \end{gathered}`}
          meaning={t("adaptersMeaning")}
        />
      </Chapter>

      <Chapter id="words" figure={stack.enhancer && <WrittenPrompts {...stack.enhancer} />}>
        <p>
          {t.rich("words", {
            code: (chunks) => <code className="bg-sunk rounded px-1 font-mono text-[0.85em]">{chunks}</code>,
          })}
        </p>
        <Formula
          tex={String.raw`\begin{gathered} \mathcal{L} = \mathbb{E}_{t}\,\frac{1}{t} \sum_{i\,:\,w_i\ \text{hidden}} \ell_i \\ \ell_i = -\log p_\theta\bigl(w_i \mid \text{the words that are left}\bigr) \end{gathered}`}
          meaning={t("wordsMeaning")}
        />
      </Chapter>

      <Chapter id="shared-space" figure={<ContrastiveMap rows={rowsOf(stack.map)} />}>
        <p>{t("space")}</p>
        <Formula
          tex={String.raw`\begin{gathered} s_{ij} = \tfrac{1}{\tau}\,u_i \cdot v_j \\ \mathcal{L} = -\frac{1}{2N} \sum_i \Bigl[ \log \frac{e^{s_{ii}}}{\sum_j e^{s_{ij}}} + \log \frac{e^{s_{ii}}}{\sum_j e^{s_{ji}}} \Bigr] \end{gathered}`}
          meaning={t("spaceMeaning")}
        />
      </Chapter>
    </>
  );
}
