import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ModelLibrary } from "@/generation/model-library";
import { batchNoise } from "@/generation/samplers/random";
import { MODELS_DIR } from "./generation-client";

const MOST_ROWS = 16;
const library = await ModelLibrary.open(MODELS_DIR);
afterAll(() => library.close());

/** PNG's 8 bits would hide most differences: these look at the networks' own float32 answers. */
describe.each(library.list().map((card) => [card.id, card] as const))("%s", (id, card) => {
  const size = card.sampleShape.reduce((product, side) => product * side, 1);
  const x = batchNoise(
    Array.from({ length: MOST_ROWS }, (_, row) => row),
    size,
  )();
  const tokens = BigInt64Array.from({ length: MOST_ROWS * card.textLength }, (_, index) =>
    BigInt((index * 7) % card.vocabularySize),
  );
  let ask: (from: number, rows: number) => Promise<Float32Array>;
  beforeAll(async () => {
    const { denoise } = await library.load(id);
    ask = (from, rows) =>
      denoise(
        x.slice(from * size, (from + rows) * size),
        0.4,
        tokens.slice(from * card.textLength, (from + rows) * card.textLength),
      );
  });

  it("answers a row with the same bits, whatever the batch and the row's place in it", async () => {
    const reference = await ask(0, MOST_ROWS);
    for (const rows of [1, 2, 3, 5, 8, 10, 14]) {
      for (const from of [0, MOST_ROWS - rows]) {
        const wanted = reference.subarray(from * size, (from + rows) * size);
        expect(Buffer.from((await ask(from, rows)).buffer).equals(Buffer.from(wanted.slice().buffer))).toBe(
          true,
        );
      }
    }
  });

  if (card.decoder === null) return;
  it("decodes a row to the same bits, whatever the batch", async () => {
    const decode = (await library.load(id)).decode!;
    const reference = await decode(x.slice(0, 8 * size));
    const pixels = reference.length / 8;
    for (const rows of [1, 2, 3, 7]) {
      const decoded = await decode(x.slice(0, rows * size));
      const wanted = reference.slice(0, rows * pixels);
      expect(Buffer.from(decoded.slice().buffer).equals(Buffer.from(wanted.buffer))).toBe(true);
    }
  });
});
