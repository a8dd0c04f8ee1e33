import { useTranslations } from "next-intl";
import { Chapter } from "@/components/demos/chapter";
import type { Chapter as ChapterId } from "@/components/demos/chapters";
import { DemoClips } from "@/components/demos/demo-clips";
import { Formula } from "@/components/demos/formula";
import { CLIP_METRICS } from "@/components/demos/model-table";
import { useFormat } from "@/components/use-format";
import type { VideoAutoencoderCard } from "@/lib/schemas/stack/bundled-card";
import type { TimeView } from "@/lib/schemas/stack/stack-page";

/** Sides of a patch, in places of a latent frame. */
const PATCH = 2;

const product = (sides: readonly number[]) => sides.reduce((all, side) => all * side, 1);

type Sections = {
  time: TimeView;
  /** The served models that embody a choice. */
  of: (chapter: ChapterId) => TimeView["models"];
};

/** What changes when images become clips. */
export function TimeChapters(sections: Sections) {
  const t = useTranslations("stack.time");
  const { models, prompts, clip } = sections.time;
  return (
    <>
      {models.length > 0 && (
        <section className="mb-16" aria-labelledby="clips">
          <h2 id="clips" className="text-3xl">
            {t("clips")}
          </h2>
          <div className="mt-6">
            <DemoClips prompts={prompts} clip={clip} />
          </div>
        </section>
      )}

      <LatentChapters {...sections} />
      <WindowChapters {...sections} />
    </>
  );
}

/** What a network of clips works on, and what may be given of it. */
function LatentChapters({ time: { autoencoder }, of }: Sections) {
  const t = useTranslations("stack.time");
  return (
    <>
      <Chapter id="video-latents">
        <p>{t("latents")}</p>
        {autoencoder && <AutoencoderFigures card={autoencoder} />}
        <Formula
          tex={String.raw`[\,1+T,\;H,\;W,\;3\,] \;\to\; \bigl[\,1+\tfrac{T}{4},\;\tfrac{H}{4},\;\tfrac{W}{4},\;C\,\bigr] \qquad z_k = E\bigl(x_{\le 4k}\bigr)`}
          meaning={t("latentsMeaning")}
        />
      </Chapter>

      <Chapter id="space-time-patches" models={of("space-time-patches")} metrics={CLIP_METRICS}>
        <p>{t("patches", patchCount(autoencoder))}</p>
        <Formula
          tex={String.raw`h' = \mathrm{softmax}\!\left(\frac{Q K^{\top}}{\sqrt{d}}\right) V \qquad Q, K, V \in \mathbb{R}^{(F\cdot P)\times d}`}
          meaning={t("patchesMeaning")}
        />
      </Chapter>

      <Chapter id="anchor-frame">
        <p>{t("anchor")}</p>
        <Formula
          tex={String.raw`t_k = \begin{cases} 1 & k < K \\ t & k \ge K \end{cases} \qquad \mathcal{L} = \mathbb{E}\,\frac{1}{F-K}\sum_{k \ge K} \bigl\lVert v_\theta(x, t, c)_k - (x_1 - x_0)_k \bigr\rVert^2`}
          meaning={t("anchorMeaning")}
        />
      </Chapter>
    </>
  );
}

/** What is seen of a clip while it is drawn: window by window, up to now, or not at all. */
function WindowChapters({ time: { models }, of }: Sections) {
  const [t, { percent }] = [useTranslations("stack"), useFormat()];
  const framewise = models.find(({ card }) => card.id === "video-framewise")?.card;
  const anchors = models.find(({ card }) => card.id === "video-dit-latent")?.card.figures.anchors;
  const maskCost = models.find(({ card }) => card.id === "video-dit-causal")?.card.figures.againstSibling;
  return (
    <>
      <Chapter id="chaining">
        <p>{t("time.chaining")}</p>
        <p>{t("time.work")}</p>
        {anchors && <p>{t("measured", { what: anchors })}</p>}
      </Chapter>

      <Chapter id="time-attention" models={of("time-attention")} metrics={CLIP_METRICS}>
        <p>{t("time.attention")}</p>
        <p>{maskCost ? t("measured", { what: maskCost }) : t("time.unmeasured")}</p>
        <Formula
          tex={String.raw`M_{ij} = \begin{cases} 0 & f(j) \le f(i) \\ -\infty & f(j) > f(i) \end{cases}`}
          meaning={t("time.attentionMeaning")}
        />
      </Chapter>

      <Chapter id="frame-by-frame" models={of("frame-by-frame")} metrics={CLIP_METRICS}>
        <p>
          {t("time.baseline", {
            known: framewise?.sharedNoise === undefined ? "no" : "yes",
            shared: percent(framewise?.sharedNoise),
          })}
        </p>
        <Formula
          tex={String.raw`\varepsilon_k = \sqrt{s}\;\varepsilon + \sqrt{1-s}\;\varepsilon'_k`}
          meaning={t("time.baselineMeaning")}
        />
      </Chapter>
    </>
  );
}

function AutoencoderFigures({ card }: { card: VideoAutoencoderCard }) {
  const [t, { fixed }] = [useTranslations("stack.time"), useFormat()];
  const { frames, imageSize, latentShape, figures } = card;
  const [latents, channels, height, width] = latentShape;
  const [pixels, numbers] = [frames * imageSize ** 2 * 3, product(latentShape)];
  const { reconstructionPsnrDb: whole, keyFramesPsnrDb: key, framesBetweenPsnrDb: between } = figures;
  return (
    <>
      <p>
        {t("becomes", {
          ...{ frames, side: imageSize, pixels, latents, height, width, channels, numbers },
          times: Math.round(pixels / numbers),
          seesNoFuture: figures.seesNoFuture === true ? "yes" : "no",
        })}
      </p>
      {whole !== undefined && (
        <p>
          {t("loss", {
            whole: fixed(whole, 1),
            parted: key !== undefined && between !== undefined ? "yes" : "no",
            key: fixed(key ?? 0, 1),
            between: fixed(between ?? 0, 1),
            said: figures.howMeasured ? "yes" : "no",
            how: figures.howMeasured ?? "",
          })}
        </p>
      )}
    </>
  );
}

/** How many patches a clip has beside an image, as far as an autoencoder is served. */
function patchCount(autoencoder: VideoAutoencoderCard | null) {
  const [frames, , height, width] = autoencoder?.latentShape ?? [0, 0, 0, 0];
  const [down, across] = [height / PATCH, width / PATCH];
  const each = down * across;
  return { known: autoencoder ? "yes" : "no", frames, down, across, each, patches: frames * each };
}
