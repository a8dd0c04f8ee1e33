import type { BundledCard, EnhancerCard, VideoAutoencoderCard } from "@/lib/schemas/stack/bundled-card";
import type { Clip } from "@/lib/schemas/battles";
import type { BoardMetricValue } from "@/lib/schemas/metric-values";
import type { ContrastiveMap } from "@/lib/schemas/stack/contrastive-map";

/** What /stack is given by its use case. */

/** A share with its 95% interval and what it was counted over. */
export type Share = { value: number; low: number; high: number; n: number };

/** An image on the page; null in a place where none is generated yet. */
export type StackImage = { url: string; prompt: string; allCorrect: boolean | null };

/** One bundled model: what its card says and what this installation measured. */
export type StackModel = {
  slug: string;
  name: string;
  card: BundledCard;
  metrics: Record<string, BoardMetricValue>;
  /** Median compute of a run's images; null before there is a run. */
  secondsPerMegapixel: { value: number; n: number } | null;
  /** By prompt index: the run's images of the page's prompts. */
  images: Record<number, StackImage>;
  /** The way from noise to image: one image of `frames` + 1 columns, the walk above, the estimates below. */
  walk: { prompt: string; frames: number; steps: number; filmstrip: string; image: string } | null;
};

/** Two models on the same prompts. */
export type StackComparison = {
  first: { slug: string; name: string };
  second: { slug: string; name: string };
  /** null: not both measured on the same prompts yet. */
  result: { n: number; first: number; second: number; difference: number; low: number; high: number } | null;
};

/** One model over one sampler setting. */
export type StackSweep = {
  model: { slug: string; name: string };
  /** Where the curve is from: the model's card, or the images generated here. */
  source: "card" | "here";
  points: (Share & { setting: number })[];
  /** The strips: for each value the images of the same few prompts. */
  strips: { setting: number; images: (StackImage | null)[] }[];
};

export type StackView = {
  models: StackModel[];
  /** The grid's prompts. */
  prompts: { index: number; text: string; category: string }[];
  comparisons: Record<string, StackComparison[]>;
  steps: StackSweep[];
  guidance: StackSweep[];
  /** One network, several samplers. */
  samplers: {
    model: { slug: string; name: string };
    rows: { sampler: string; images: (StackImage | null)[] }[];
  }[];
  adapters: {
    model: { slug: string; name: string };
    word: string;
    pairs: { prompt: string; base: StackImage | null; adapted: StackImage | null }[];
  }[];
  /** Two models of which one was trained further on its own images; null where either is missing. */
  postTraining: {
    before: { slug: string; name: string };
    after: { slug: string; name: string };
    pairs: { prompt: string; before: StackImage | null; after: StackImage | null }[];
  } | null;
  reconstructions: {
    /** Mean over `n` reference images, dB, with its 95% interval. */
    psnr: Share;
    pairs: { original: string; reconstruction: string; psnr: number }[];
  } | null;
  enhancer: {
    card: EnhancerCard;
    rows: { prompt: string; texts: { steps: number; text: string | null }[] }[];
  } | null;
  /** The text-image encoder's space, computed when its weights were made. */
  map: ContrastiveMap;
  /** Of the images that the page needs. */
  progress: { generated: number; planned: number; waiting: boolean };
};

/** What /stack/time is made from. */
export type TimeView = {
  models: Pick<StackModel, "slug" | "name" | "card" | "metrics">[];
  /** The one clock of all clips. */
  clip: Clip;
  /** The same prompts and seed by every model: addresses of the images that hold the frames, null in a place where none is drawn yet. */
  prompts: { verb: string; prompt: string; clips: { slug: string; name: string; url: string | null }[] }[];
  /** null: the backend serves none. */
  autoencoder: VideoAutoencoderCard | null;
  /** Of the clips. */
  progress: { generated: number; planned: number; waiting: boolean };
};
