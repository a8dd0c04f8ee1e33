import {
  autoencoderCardSchema,
  enhancerCardSchema,
  modelCardSchema,
  type AutoencoderCard,
  type EnhancerCard,
  type ModelCard,
} from "@/generation/model-card";
import { isVideoCard, VideoLibrary } from "@/generation/clips/video-library";
import { mergeAdapter } from "@/generation/merge-adapter";
import { NetworkStore } from "@/generation/network-store";
import {
  onnxDecoder,
  onnxDenoiser,
  onnxImageEncoder,
  onnxWordPredictor,
  type Decoder,
  type ImageEncoder,
  type SessionOptions,
  type WordPredictor,
} from "@/generation/onnx-model";
import { parseCard, readCards, type RawCard } from "@/generation/read-cards";
import type { ConditionalDenoiser } from "@/generation/samplers/denoiser";

/** A model whose networks are in memory. */
export interface LoadedModel {
  card: ModelCard;
  denoise: ConditionalDenoiser;
  /** Null where samples are pixels. */
  decode: Decoder | null;
}

/** A prompt enhancer whose network is in memory. */
export interface LoadedEnhancer {
  card: EnhancerCard;
  predict: WordPredictor;
}

/** An autoencoder whose networks are in memory. */
export interface LoadedAutoencoder {
  imageSize: number;
  encode: ImageEncoder;
  decode: Decoder;
}

const DENOISER = { inputs: ["x", "t", "tokens"], output: "prediction" };
const ENCODER = { inputs: ["image"], output: "latent" };
const DECODER = { inputs: ["latent"], output: "image" };
const ENHANCER = { inputs: ["prompt", "caption"], output: "logits" };

/** The models of one folder: their cards from the start, their networks from their first use on. */
export class ModelLibrary {
  private readonly loading = new Map<string, Promise<LoadedModel | LoadedEnhancer>>();
  private readonly loadedIds = new Set<string>();

  /** The models that draw videos. */
  readonly videos: VideoLibrary;

  private constructor(
    private readonly networks: NetworkStore,
    private readonly cards: ReadonlyMap<string, ModelCard>,
    private readonly enhancers: ReadonlyMap<string, EnhancerCard>,
    private readonly autoencoders: ReadonlyMap<string, AutoencoderCard>,
    videos: readonly RawCard[],
  ) {
    this.videos = new VideoLibrary(videos, networks, this);
  }

  /**
   * Read every card of `dir`: models have a `family`, or draw videos; autoencoders have a `latentShape`. Others are passed over.
   * @throws Error naming the card and what is wrong with it.
   */
  static async open(dir: string, options: SessionOptions = {}): Promise<ModelLibrary> {
    const cards = new Map<string, ModelCard>();
    const enhancers = new Map<string, EnhancerCard>();
    const autoencoders = new Map<string, AutoencoderCard>();
    const raws = await readCards(dir);
    for (const raw of raws.filter((each) => !isVideoCard(each))) {
      if ("latentShape" in raw.json) {
        const card = parseCard(autoencoderCardSchema, raw);
        autoencoders.set(card.id, card);
      } else if ("family" in raw.json && raw.json.family === "masked-diffusion") {
        const card = parseCard(enhancerCardSchema, raw);
        enhancers.set(card.id, card);
      } else if ("family" in raw.json) {
        const card = parseCard(modelCardSchema, raw);
        cards.set(card.id, card);
      }
    }
    for (const { id, adapter } of cards.values()) {
      const base = adapter && cards.get(adapter.base);
      if (
        adapter &&
        (!base || !("denoiser" in base.files) || base.files.denoiser.sha256 !== adapter.baseSha256)
      ) {
        throw new Error(
          `${id} is an adapter of ${adapter.base} ${adapter.baseSha256.slice(0, 12)}, which is not there.`,
        );
      }
    }
    const networks = new NetworkStore(dir, options);
    return new ModelLibrary(networks, cards, enhancers, autoencoders, raws.filter(isVideoCard));
  }

  /** The models that draw. */
  list(): ModelCard[] {
    return [...this.cards.values()];
  }

  card(id: string): ModelCard | undefined {
    return this.cards.get(id);
  }

  /** The models that write prompts. */
  listEnhancers(): EnhancerCard[] {
    return [...this.enhancers.values()];
  }

  enhancer(id: string): EnhancerCard | undefined {
    return this.enhancers.get(id);
  }

  /** What turns pixels into latents and back. */
  listAutoencoders(): AutoencoderCard[] {
    return [...this.autoencoders.values()];
  }

  autoencoder(id: string): AutoencoderCard | undefined {
    return this.autoencoders.get(id);
  }

  /** Ids of the models that are in memory. */
  loaded(): string[] {
    return [...this.loadedIds, ...this.videos.loaded()];
  }

  /**
   * The model, loaded by its first caller and shared by all. A load that failed is tried again by the next caller.
   * @throws Error when a file is missing, is not the one its card describes, or is no such network.
   */
  load(id: string): Promise<LoadedModel> {
    return this.once(id, async () => {
      const card = this.cards.get(id);
      if (!card) throw new Error(`There is no model '${id}'.`);
      const denoiser = await this.denoiser(card);
      const decode = card.decoder === null ? null : await this.decoder(card, card.decoder);
      return { card, denoise: onnxDenoiser(denoiser, card.sampleShape), decode };
    });
  }

  /** A prompt enhancer, as {@link load} loads a model. */
  loadEnhancer(id: string): Promise<LoadedEnhancer> {
    return this.once(id, async () => {
      const card = this.enhancers.get(id);
      if (!card) throw new Error(`There is no prompt enhancer '${id}'.`);
      const network = await this.networks.open(id, card.files.denoiser, ENHANCER);
      return { card, predict: onnxWordPredictor(network, card.textLength, card.vocabularySize) };
    });
  }

  /** An autoencoder, both ways. @throws as {@link load} does */
  async loadAutoencoder(id: string): Promise<LoadedAutoencoder> {
    const { files, imageSize, latentShape } = this.autoencoderOf(id);
    const encoder = await this.networks.open(id, files.encoder, ENCODER);
    const decoder = await this.networks.open(id, files.decoder, DECODER);
    return {
      imageSize,
      encode: onnxImageEncoder(encoder, latentShape, imageSize),
      decode: onnxDecoder(decoder, latentShape, imageSize),
    };
  }

  /** Free every network. */
  async close(): Promise<void> {
    this.loading.clear();
    this.loadedIds.clear();
    await this.networks.close();
  }

  private once<Loaded extends LoadedModel | LoadedEnhancer>(
    id: string,
    load: () => Promise<Loaded>,
  ): Promise<Loaded> {
    const known = this.loading.get(id);
    if (known) return known as Promise<Loaded>;
    const attempt = load();
    this.loading.set(id, attempt);
    attempt.then(
      () => this.loadedIds.add(id),
      () => this.loading.delete(id),
    );
    return attempt;
  }

  /** The card's network; an adapter's is its base's with other weights. */
  private denoiser(card: ModelCard) {
    if ("denoiser" in card.files) return this.networks.open(card.id, card.files.denoiser, DENOISER);
    const { adapter: file } = card.files;
    const { base, scale } = card.adapter!;
    const baseFiles = this.cards.get(base)!.files;
    return this.networks.open(card.id, file, DENOISER, async () => {
      if (!("denoiser" in baseFiles)) throw new Error(`${base} has no network of its own.`);
      const [network, adapter] = await Promise.all([
        this.networks.weights(base, baseFiles.denoiser),
        this.networks.weights(card.id, file),
      ]);
      return mergeAdapter(network, adapter, scale);
    });
  }

  private async decoder(card: ModelCard, id: string): Promise<Decoder> {
    const session = await this.networks.open(id, this.autoencoderOf(id).files.decoder, DECODER);
    return onnxDecoder(session, card.sampleShape, card.imageSize);
  }

  private autoencoderOf(id: string): AutoencoderCard {
    const card = this.autoencoders.get(id);
    if (!card) throw new Error(`There is no autoencoder '${id}'.`);
    return card;
  }
}
