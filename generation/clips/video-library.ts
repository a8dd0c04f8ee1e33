import type { ModelCard } from "@/generation/model-card";
import type { LoadedModel } from "@/generation/model-library";
import type { NetworkStore } from "@/generation/network-store";
import { onnxDenoiser } from "@/generation/onnx-model";
import { parseCard, type RawCard } from "@/generation/read-cards";
import type { ConditionalDenoiser } from "@/generation/samplers/denoiser";
import {
  onnxClipDenoiser,
  onnxFirstFrameEncoder,
  onnxWindowDecoder,
  type ClipDenoiser,
  type FirstFrameEncoder,
  type WindowDecoder,
} from "./onnx-clip-model";
import {
  clipModelCardSchema,
  firstFrameCardSchema,
  framewiseCardSchema,
  isFramewise,
  videoAutoencoderCardSchema,
  type ClipModelCard,
  type FirstFrameCard,
  type FramewiseCard,
  type VideoAutoencoderCard,
  type VideoCard,
} from "./video-card";

/** A model of clips whose networks are in memory. */
export interface LoadedClipModel {
  card: ClipModelCard;
  /** What draws the first frame of a clip that is given no image. */
  first: { card: FirstFrameCard; denoise: ConditionalDenoiser };
  denoise: ClipDenoiser;
  decode: WindowDecoder;
  encodeFirst: FirstFrameEncoder;
}

/** The model that draws frame by frame, and the image model that does it. */
export interface LoadedFramewiseModel {
  card: FramewiseCard;
  images: LoadedModel;
}

export type LoadedVideoModel = LoadedClipModel | LoadedFramewiseModel;

const DENOISER = { inputs: ["x", "t", "tokens"], output: "prediction" };
const ENCODER = { inputs: ["clip"], output: "latent" };
const DECODER = { inputs: ["latent"], output: "clip" };

/** Whether a card is of a model or an autoencoder of videos, or of what draws their first frames. */
export function isVideoCard({ json }: RawCard): boolean {
  if ("task" in json && (json.task === "text-to-video" || json.task === "first-frame")) return true;
  return "latentShape" in json && Array.isArray(json.latentShape) && json.latentShape.length === 4;
}

/** The image models of the same folder. */
interface ImageModels {
  card(id: string): ModelCard | undefined;
  load(id: string): Promise<LoadedModel>;
}

/** The models of a folder that draw videos: their cards from the start, their networks from their first use on. */
export class VideoLibrary {
  private readonly loading = new Map<string, Promise<LoadedVideoModel>>();
  private readonly loadedIds = new Set<string>();
  private readonly cards = new Map<string, VideoCard>();
  private readonly autoencoders = new Map<string, VideoAutoencoderCard>();
  private readonly autoencodersWhole = new Map<string, object>();
  private readonly firstFrames = new Map<string, FirstFrameCard>();

  /** @throws Error naming the card and what is wrong with it */
  constructor(
    raw: readonly RawCard[],
    private readonly networks: NetworkStore,
    private readonly images: ImageModels,
  ) {
    for (const each of raw) {
      if ("latentShape" in each.json) {
        const card = parseCard(videoAutoencoderCardSchema, each);
        this.autoencoders.set(card.id, card);
        this.autoencodersWhole.set(card.id, each.json);
      } else if ("task" in each.json && each.json.task === "first-frame") {
        const card = parseCard(firstFrameCardSchema, each);
        this.firstFrames.set(card.id, card);
      } else {
        const card = parseCard("drawnBy" in each.json ? framewiseCardSchema : clipModelCardSchema, each);
        this.cards.set(card.id, card);
      }
    }
    for (const card of this.cards.values()) if (isFramewise(card)) this.checkDrawnBy(card);
  }

  list(): VideoCard[] {
    return [...this.cards.values()];
  }

  card(id: string): VideoCard | undefined {
    return this.cards.get(id);
  }

  /** An autoencoder's card, whole: with its recipe and figures. */
  autoencoder(id: string): object | undefined {
    return this.autoencodersWhole.get(id);
  }

  /** Ids of the models that are in memory. */
  loaded(): string[] {
    return [...this.loadedIds];
  }

  /**
   * The model, loaded by its first caller and shared by all. A load that failed is tried again by the next caller.
   * @throws Error when a file is missing, is not the one its card describes, or is no such network
   */
  load(id: string): Promise<LoadedVideoModel> {
    const known = this.loading.get(id);
    if (known) return known;
    const attempt = this.open(id);
    this.loading.set(id, attempt);
    attempt.then(
      () => this.loadedIds.add(id),
      () => this.loading.delete(id),
    );
    return attempt;
  }

  private async open(id: string): Promise<LoadedVideoModel> {
    const card = this.cards.get(id);
    if (!card) throw new Error(`There is no model '${id}'.`);
    if (isFramewise(card)) return { card, images: await this.images.load(card.drawnBy.model) };
    const autoencoder = this.autoencoders.get(card.decoder);
    if (!autoencoder) throw new Error(`There is no video autoencoder '${card.decoder}'.`);
    if (autoencoder.latentShape.join() !== card.sampleShape.join())
      throw new Error(`${card.decoder} has latents of ${autoencoder.latentShape.join("x")}, not ${id}'s.`);
    const first = this.firstFrames.get(card.firstFrame);
    if (!first) throw new Error(`There is no '${card.firstFrame}' that draws first frames.`);
    const [channels, ...sides] = first.sampleShape;
    if (channels > card.sampleShape[1] || sides.join() !== card.sampleShape.slice(2).join())
      throw new Error(`${first.id} draws latents of ${first.sampleShape.join("x")}, not ${id}'s.`);
    const [denoiser, firstDenoiser, encoder, decoder] = await Promise.all([
      this.networks.open(id, card.files.denoiser, DENOISER),
      this.networks.open(first.id, first.files.denoiser, DENOISER),
      this.networks.open(autoencoder.id, autoencoder.files.encoder, ENCODER),
      this.networks.open(autoencoder.id, autoencoder.files.decoder, DECODER),
    ]);
    return {
      card,
      first: { card: first, denoise: onnxDenoiser(firstDenoiser, first.sampleShape) },
      denoise: onnxClipDenoiser(denoiser, card.sampleShape),
      decode: onnxWindowDecoder(decoder, autoencoder),
      encodeFirst: onnxFirstFrameEncoder(encoder, autoencoder),
    };
  }

  private checkDrawnBy({ id, drawnBy: { model, sha256 } }: FramewiseCard): void {
    const files = this.images.card(model)?.files;
    if (!files || !("denoiser" in files) || files.denoiser.sha256 !== sha256)
      throw new Error(`${id} is drawn by ${model} ${sha256.slice(0, 12)}, which is not there.`);
  }
}
