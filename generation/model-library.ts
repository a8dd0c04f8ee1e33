import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import type { InferenceSession } from "onnxruntime-node";
import type { z } from "zod";
import {
  autoencoderCardSchema,
  modelCardSchema,
  type ModelCard,
  type WeightsFile,
} from "@/generation/model-card";
import {
  onnxDecoder,
  onnxDenoiser,
  openSession,
  type Decoder,
  type SessionOptions,
} from "@/generation/onnx-model";
import type { ConditionalDenoiser } from "@/generation/samplers/denoiser";

/** A model whose networks are in memory. */
export interface LoadedModel {
  card: ModelCard;
  denoise: ConditionalDenoiser;
  /** Null where samples are pixels. */
  decode: Decoder | null;
}

/** The models of one folder: their cards from the start, their networks from their first use on. */
export class ModelLibrary {
  private readonly loading = new Map<string, Promise<LoadedModel>>();
  private readonly sessions = new Map<string, Promise<InferenceSession>>();
  private readonly loadedIds = new Set<string>();

  private constructor(
    private readonly dir: string,
    private readonly cards: ReadonlyMap<string, ModelCard>,
    private readonly options: SessionOptions,
  ) {}

  /**
   * Read every card of `dir`. Folders without a card, or whose card has no `family` (autoencoders), are no models.
   * @throws Error naming the card and what is wrong with it.
   */
  static async open(dir: string, options: SessionOptions = {}): Promise<ModelLibrary> {
    const entries = existsSync(dir) ? await readdir(dir, { withFileTypes: true }) : [];
    const cards = new Map<string, ModelCard>();
    for (const entry of entries
      .filter((each) => each.isDirectory())
      .sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(dir, entry.name, "card.json");
      if (!existsSync(file)) continue;
      const card = parseModelCard(await readFile(file, "utf8"), file);
      if (card === null) continue;
      if (card.id !== entry.name) throw new Error(`${file}: id is '${card.id}', not the folder's name.`);
      cards.set(card.id, card);
    }
    return new ModelLibrary(dir, cards, options);
  }

  list(): ModelCard[] {
    return [...this.cards.values()];
  }

  card(id: string): ModelCard | undefined {
    return this.cards.get(id);
  }

  /** Ids of the models that are in memory. */
  loaded(): string[] {
    return [...this.loadedIds];
  }

  /**
   * The model, loaded by its first caller and shared by all. A load that failed is tried again by the next caller.
   * @throws Error when a file is missing, is not the one its card describes, or is no such network.
   */
  load(id: string): Promise<LoadedModel> {
    const known = this.loading.get(id);
    if (known) return known;
    const attempt = this.loadOnce(id);
    this.loading.set(id, attempt);
    attempt.then(
      () => this.loadedIds.add(id),
      () => this.loading.delete(id),
    );
    return attempt;
  }

  /** Free every network. */
  async close(): Promise<void> {
    const sessions = await Promise.allSettled(this.sessions.values());
    this.sessions.clear();
    this.loading.clear();
    this.loadedIds.clear();
    await Promise.all(
      sessions.map((each) => (each.status === "fulfilled" ? each.value.release() : undefined)),
    );
  }

  private async loadOnce(id: string): Promise<LoadedModel> {
    const card = this.cards.get(id);
    if (!card) throw new Error(`There is no model '${id}'.`);
    const denoiser = await this.session(`${id}/denoiser`, async () =>
      openSession(
        await this.weights(id, card.files.denoiser),
        { inputs: ["x", "t", "tokens"], output: "prediction" },
        this.options,
      ),
    );
    const decode = card.decoder === null ? null : await this.decoder(card, card.decoder);
    return { card, denoise: onnxDenoiser(denoiser, card.sampleShape), decode };
  }

  private async decoder(card: ModelCard, folder: string): Promise<Decoder> {
    const session = await this.session(`${folder}/decoder`, async () => {
      const file = path.join(this.dir, folder, "card.json");
      const { files } = readCard(autoencoderCardSchema, JSON.parse(await readFile(file, "utf8")), file);
      return openSession(
        await this.weights(folder, files.decoder),
        { inputs: ["latent"], output: "image" },
        this.options,
      );
    });
    return onnxDecoder(session, card.sampleShape, card.imageSize);
  }

  /** One session a network, shared by the models that use it. */
  private session(name: string, open: () => Promise<InferenceSession>): Promise<InferenceSession> {
    const known = this.sessions.get(name);
    if (known) return known;
    const attempt = open();
    this.sessions.set(name, attempt);
    attempt.catch(() => this.sessions.delete(name));
    return attempt;
  }

  /** A file's bytes, if they are the ones its card describes: half-fetched weights must never draw. */
  private async weights(folder: string, { path: name, sha256, bytes }: WeightsFile): Promise<Uint8Array> {
    const file = path.join(this.dir, folder, name);
    const content = await readFile(file);
    const found = createHash("sha256").update(content).digest("hex");
    if (content.length !== bytes || found !== sha256) {
      throw new Error(
        `${file} is not the file its card describes (${content.length} bytes, sha256 ${found}).`,
      );
    }
    return content;
  }
}

function parseModelCard(text: string, file: string): ModelCard | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${file} is not JSON.`, { cause: error });
  }
  if (typeof json !== "object" || json === null || !("family" in json)) return null;
  return readCard(modelCardSchema, json, file);
}

function readCard<Schema extends z.ZodType>(schema: Schema, json: unknown, file: string): z.output<Schema> {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`${file} is not the card it should be:\n${lines.join("\n")}`);
}
