import { readFile } from "node:fs/promises";
import path from "node:path";
import { Tensor } from "onnxruntime-node";
import { z } from "zod";
import { EncoderError } from "@/lib/encoders/encoder-error";
import { weightsOnCard } from "@/lib/encoders/model-card";
import { openModel } from "@/lib/encoders/onnx-session";
import { BUNDLED_WEIGHTS } from "@/lib/encoders/bundled-weights";
import { type OpenOptions } from "@/lib/encoders/open-encoder";

/** The text tower of a contrastive encoder: captions in the space of its images. */
export interface TextEncoder {
  /** Name plus the first 12 hex digits of the weights' sha256. */
  id: string;
  /** Features a text. */
  dimension: number;
  /** Whether it knows every word of a text: what it makes of others says little. */
  knows(text: string): boolean;
  /** Features of the texts in their order, [n, dimension] row-major, each of length 1. */
  encode(texts: readonly string[]): Promise<Float32Array>;
  close(): Promise<void>;
}

const [PADDING, UNKNOWN, FIRST_WORD] = [0, 1, 2];
const BATCH = 64;

const cardSchema = z.object({
  featureDimensions: z.number().int().positive(),
  tokenizer: z.object({
    length: z.number().int().positive(),
    words: z.array(z.string()).min(1),
    sameAs: z.record(z.string(), z.string()),
  }),
});

/**
 * Opens the text tower of a bundled contrastive encoder. Its card holds the words: a word's id is its place there plus 2.
 * @throws EncoderError WEIGHTS_MISSING, WEIGHTS_WRONG, BAD_MANIFEST
 */
export async function openTextEncoder(
  name: string,
  { weightsDir = BUNDLED_WEIGHTS, threads }: Pick<OpenOptions, "weightsDir" | "threads"> = {},
): Promise<TextEncoder> {
  const folder = path.join(weightsDir, name);
  const weights = await weightsOnCard(folder, "text");
  const file = path.join(folder, "card.json");
  const parsed = cardSchema.safeParse(JSON.parse(await readFile(file, "utf8")));
  if (!parsed.success) throw new EncoderError("BAD_MANIFEST", `${file} describes no tokenizer.`);
  const { featureDimensions: dimension, tokenizer } = parsed.data;
  const ids = new Map(tokenizer.words.map((word, index) => [word, index + FIRST_WORD]));
  const same = new Map(Object.entries(tokenizer.sameAs));
  const { session, sha256 } = await openModel(weights.file, { sha256: weights.sha256, threads });

  const tokens = (text: string) =>
    (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).map(
      (word) => ids.get(same.get(word) ?? word) ?? UNKNOWN,
    );

  return {
    id: `${name}-text@${sha256.slice(0, 12)}`,
    dimension,
    knows(text) {
      const known = tokens(text);
      return known.length > 0 && known.length <= tokenizer.length && !known.includes(UNKNOWN);
    },
    async encode(texts) {
      const features = new Float32Array(texts.length * dimension);
      for (let start = 0; start < texts.length; start += BATCH) {
        const batch = texts.slice(start, start + BATCH);
        const rows = new BigInt64Array(batch.length * tokenizer.length).fill(BigInt(PADDING));
        batch.forEach((text, row) =>
          rows.set(tokens(text).slice(0, tokenizer.length).map(BigInt), row * tokenizer.length),
        );
        const result = await session.run({
          tokens: new Tensor("int64", rows, [batch.length, tokenizer.length]),
        });
        const block = result.features.data as Float32Array;
        if (block.length !== batch.length * dimension) {
          throw new EncoderError(
            "WEIGHTS_WRONG",
            `${name} gave ${block.length} numbers for ${batch.length} texts.`,
          );
        }
        features.set(block, start * dimension);
      }
      return features;
    },
    close: () => session.release(),
  };
}
