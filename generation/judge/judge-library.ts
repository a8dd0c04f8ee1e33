import { judgeCardSchema, type JudgeCard } from "@/generation/judge/judge-card";
import { openJudgeNetwork, type JudgeNetwork } from "@/generation/judge/judge-network";
import { NetworkStore } from "@/generation/network-store";
import type { SessionOptions } from "@/generation/onnx-model";
import { parseCard, readCards } from "@/generation/read-cards";

/** The judges of one folder: their cards from the start, their networks from their first use on. */
export class JudgeLibrary {
  private readonly loadedIds = new Set<string>();

  private constructor(
    private readonly networks: NetworkStore,
    private readonly cards: ReadonlyMap<string, JudgeCard>,
  ) {}

  /** @throws Error naming the card and what is wrong with it. */
  static async open(dir: string, options: SessionOptions = {}): Promise<JudgeLibrary> {
    const cards = (await readCards(dir)).map((raw) => parseCard(judgeCardSchema, raw));
    return new JudgeLibrary(new NetworkStore(dir, options), new Map(cards.map((card) => [card.id, card])));
  }

  list(): JudgeCard[] {
    return [...this.cards.values()];
  }

  card(id: string): JudgeCard | undefined {
    return this.cards.get(id);
  }

  /** Ids of the judges that are in memory. */
  loaded(): string[] {
    return [...this.loadedIds];
  }

  /**
   * The judge's networks, opened by the first who asks and shared by all.
   * @throws Error when a file is missing, is not the one its card describes, or is no such network.
   */
  async load(card: JudgeCard): Promise<JudgeNetwork> {
    const [vision, language] = await Promise.all([
      this.networks.open(card.id, card.files.visionEncoder, { inputs: ["image"], output: "memory" }),
      this.networks.open(card.id, card.files.textDecoder, { inputs: ["memory", "tokens"], output: "logits" }),
    ]);
    this.loadedIds.add(card.id);
    return openJudgeNetwork(card, vision, language);
  }

  /** Free every network. */
  async close(): Promise<void> {
    this.loadedIds.clear();
    await this.networks.close();
  }
}
