import { Chapter } from "@/components/demos/chapter";
import type { Chapter as ChapterId } from "@/components/demos/chapters";
import { DemoClips } from "@/components/demos/demo-clips";
import { Formula } from "@/components/demos/formula";
import { CLIP_METRICS } from "@/components/demos/model-table";
import type { VideoAutoencoderCard } from "@/lib/schemas/stack/bundled-card";
import type { TimeView } from "@/lib/schemas/stack/stack-page";

/** Sides of a patch, in places of a latent frame. */
const PATCH = 2;

const product = (sides: readonly number[]) => sides.reduce((all, side) => all * side, 1);
const number = (value: number) => value.toLocaleString("en");

type Sections = {
  time: TimeView;
  /** The served models that embody a choice. */
  of: (chapter: ChapterId) => TimeView["models"];
};

/** What changes when images become clips. */
export function TimeChapters(sections: Sections) {
  const { models, prompts, clip } = sections.time;
  return (
    <>
      {models.length > 0 && (
        <section className="mb-16" aria-labelledby="clips">
          <h2 id="clips" className="text-3xl">
            One prompt, one seed, every model of clips
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
  const latents = autoencoder?.latentShape ?? null;
  return (
    <>
      <Chapter id="video-latents">
        <p>
          A clip is mostly the frame before, said again. A causal video autoencoder keeps one latent frame for
          the first frame alone and one for every four more, so that an image is simply a clip of one frame.
          Every latent frame is made of its own frames and earlier ones: nothing sees the future, and a clip
          can be read, and shown, while it goes on.
        </p>
        {autoencoder && <AutoencoderFigures card={autoencoder} />}
        <Formula
          tex={String.raw`[\,1+T,\;H,\;W,\;3\,] \;\to\; \bigl[\,1+\tfrac{T}{4},\;\tfrac{H}{4},\;\tfrac{W}{4},\;C\,\bigr] \qquad z_k = E\bigl(x_{\le 4k}\bigr)`}
          meaning="Frames, height, width and channels of a clip and of its latents: latent frame k is made of frames up to 4k, and of none after."
        />
      </Chapter>

      <Chapter id="space-time-patches" models={of("space-time-patches")} metrics={CLIP_METRICS}>
        <p>
          The transformer of images needs one change: its patches come from all latent frames at once.
          {latents && <PatchCount latents={latents} />} Each patch is told where it lies and in which latent
          frame, and looks at all others, so that what moves is one thing from the first frame to the last.
          That is what it costs, too: attention grows with the square of the patches.
        </p>
        <Formula
          tex={String.raw`h' = \mathrm{softmax}\!\left(\frac{Q K^{\top}}{\sqrt{d}}\right) V \qquad Q, K, V \in \mathbb{R}^{(F\cdot P)\times d}`}
          meaning="Attention over the P patches of all F latent frames together, instead of frame by frame (Peebles & Xie 2023, for images)."
        />
      </Chapter>

      <Chapter id="anchor-frame">
        <p>
          Each latent frame is told a time of its own; one that is given stands at 1, where data stands, is
          put in its place before every step and never changes, while the others walk from noise together. In
          training every clip has its first latent frame given, or more of them, and only the others count in
          the loss. So an image comes to life; and text to video is two steps, an image of the caption and
          then its motion (Girdhar et al. 2023): the network that learns how things move sees what is there.
        </p>
        <Formula
          tex={String.raw`t_k = \begin{cases} 1 & k < K \\ t & k \ge K \end{cases} \qquad \mathcal{L} = \mathbb{E}\,\frac{1}{F-K}\sum_{k \ge K} \bigl\lVert v_\theta(x, t, c)_k - (x_1 - x_0)_k \bigr\rVert^2`}
          meaning="Of F latent frames the first K are given: one, an image, for a clip's beginning; one or four for what goes on from there."
        />
      </Chapter>
    </>
  );
}

/** What is seen of a clip while it is drawn: window by window, up to now, or not at all. */
function WindowChapters({ time: { models }, of }: Sections) {
  const framewise = models.find(({ card }) => card.id === "video-framewise")?.card;
  const anchors = models.find(({ card }) => card.id === "video-dit-latent")?.card.figures.anchors;
  const maskCost = models.find(({ card }) => card.id === "video-dit-causal")?.card.figures.againstSibling;
  return (
    <>
      <Chapter id="chaining">
        <p>
          A longer clip is drawn window by window, each beginning with the end of what is there. Why with more
          than the last frame? A single frame is a still: it does not say where things were going, nor what
          has just left the view. Four latent frames say both, as far back as they reach.
        </p>
        <p>
          The price is work: with one anchor each window of 17 frames adds sixteen, with four anchors it adds
          four. A clip of 65 frames takes 4 windows with one anchor and 13 with four. What has left for longer
          than the anchors reach back is forgotten by both.
        </p>
        {anchors && <p>Measured: {anchors}.</p>}
      </Chapter>

      <Chapter id="time-attention" models={of("time-attention")} metrics={CLIP_METRICS}>
        <p>
          Should a patch see later frames while a clip is drawn? With full attention the whole clip is settled
          together, end and beginning. With attention masked over time a patch sees its own latent frame and
          earlier ones alone: once they are done, the next could be drawn while they are shown, and a clip has
          no end to know of. What the mask costs in quality is to be measured, between two models that differ
          in nothing else.
        </p>
        {maskCost ? (
          <p>Measured: {maskCost}.</p>
        ) : (
          <p>No such pair has been measured here yet, so this page claims nothing of it.</p>
        )}
        <Formula
          tex={String.raw`M_{ij} = \begin{cases} 0 & f(j) \le f(i) \\ -\infty & f(j) > f(i) \end{cases}`}
          meaning="The mask that is added before the softmax: patch i, of latent frame f(i), does not see patch j of a later one."
        />
      </Chapter>

      <Chapter id="frame-by-frame" models={of("frame-by-frame")} metrics={CLIP_METRICS}>
        <p>
          The baseline knows nothing of time: an image model draws each frame for itself, from noise that all
          frames share in part
          {framewise?.sharedNoise !== undefined &&
            ` (here ${Math.round(framewise.sharedNoise * 100)}% of its variance)`}
          . Every frame may be as good as its images; they flicker, and nothing moves as the verb says. A
          second baseline draws one image and holds it: nothing flickers, and nothing moves. Measures of time
          that punish neither measure something else.
        </p>
        <Formula
          tex={String.raw`\varepsilon_k = \sqrt{s}\;\varepsilon + \sqrt{1-s}\;\varepsilon'_k`}
          meaning="The noise of frame k: a share s of the variance is common to all frames, the rest its own."
        />
      </Chapter>
    </>
  );
}

function AutoencoderFigures({ card }: { card: VideoAutoencoderCard }) {
  const { frames, imageSize, latentShape, figures } = card;
  const [count, channels, height, width] = latentShape;
  const pixels = frames * imageSize ** 2 * 3;
  const { reconstructionPsnrDb: whole, keyFramesPsnrDb: key, framesBetweenPsnrDb: between } = figures;
  return (
    <>
      <p>
        Here {frames} frames of {imageSize} × {imageSize} pixels, {number(pixels)} numbers, become {count}{" "}
        latent frames of {height} × {width} × {channels}: {number(product(latentShape))} numbers,{" "}
        {Math.round(pixels / product(latentShape))} times fewer.
        {figures.seesNoFuture === true &&
          " That no latent frame changes with a later frame is checked bit for bit."}
      </p>
      {whole !== undefined && (
        <p>
          What it gives back has {whole.toFixed(1)} dB PSNR
          {key !== undefined &&
            between !== undefined &&
            `, ${key.toFixed(1)} in the frames that latent frames stand for and ${between.toFixed(1)} in those between`}
          {figures.howMeasured && ` (${figures.howMeasured})`}. What it loses, no model of clips behind it can
          draw.
        </p>
      )}
    </>
  );
}

function PatchCount({
  latents: [frames, , height, width],
}: {
  latents: VideoAutoencoderCard["latentShape"];
}) {
  const [down, across] = [height / PATCH, width / PATCH];
  const patches = frames * down * across;
  return ` ${frames} latent frames of ${down} × ${across} patches are ${number(patches)}, where an image has ${number(down * across)}.`;
}
