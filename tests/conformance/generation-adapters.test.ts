import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import * as ort from "onnxruntime-node";
import protobuf from "protobufjs/light.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { fromHalf, toHalf } from "@/generation/float16";
import { mergeAdapter } from "@/generation/merge-adapter";
import { ModelLibrary } from "@/generation/model-library";
import { seededRandom } from "@/generation/world/random";
import { batchNoise } from "@/generation/samplers/random";
import { Backend, MODELS_DIR } from "./generation-client";

const BASE = "flow-dit-latent";
const ID = "flow-dit-latent-test";
const SCALE = 0.7;
const RANK = 3;

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

interface Weights {
  name: string;
  dims: number[];
  rawData: Uint8Array;
}

/** The network's two-dimensional half-precision weights, read with the field numbers of onnx.proto. */
function matrices(file: Buffer): Weights[] {
  const root = protobuf.Root.fromJSON({
    nested: {
      M: { fields: { graph: { id: 7, type: "G" } } },
      G: { fields: { initializer: { id: 5, type: "T", rule: "repeated" } } },
      T: {
        fields: {
          dims: { id: 1, type: "int64", rule: "repeated", options: { packed: false } },
          dataType: { id: 2, type: "int32" },
          name: { id: 8, type: "string" },
          rawData: { id: 9, type: "bytes" },
        },
      },
    },
  });
  const model = root.lookupType("M").decode(file) as unknown as {
    graph: { initializer: (Weights & { dataType: number })[] };
  };
  return model.graph.initializer
    .map((each) => ({ ...each, name: each.name, rawData: each.rawData, dims: each.dims.map(Number) }))
    .filter(({ dataType, dims }) => dataType === 10 && dims.length === 2);
}

function safetensors(tensors: Record<string, { shape: number[]; values: number[] }>): Buffer {
  let at = 0;
  const header: Record<string, unknown> = { __metadata__: { format: "pt" } };
  const parts: Buffer[] = [];
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    const bytes = Buffer.from(Uint16Array.from(values, toHalf).buffer);
    header[name] = { dtype: "F16", shape, data_offsets: [at, at + bytes.length] };
    at += bytes.length;
    parts.push(bytes);
  }
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(json.length));
  return Buffer.concat([length, json, ...parts]);
}

let dir: string;
let base: Buffer;
let adapter: Buffer;
let tensors: Record<string, { shape: number[]; values: number[] }>;
let changed: Weights[];
let card: Record<string, unknown> & { vocabularySize: number };

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), "salon-adapters-"));
  for (const folder of [BASE, "toybox-autoencoder"]) {
    await cp(path.join(MODELS_DIR, folder), path.join(dir, folder), { recursive: true });
  }
  base = await readFile(path.join(dir, BASE, "denoiser.onnx"));
  changed = matrices(base).filter((_, index) => index % 5 === 0);
  const random = seededRandom(1);
  tensors = Object.fromEntries(
    changed.flatMap(({ name, dims: [rows, columns] }) => {
      const values = (count: number) => Array.from({ length: count }, () => random.between(-0.2, 0.2));
      const plain = name.replace(/_fp16$/, "");
      return [
        [`${plain}.up`, { shape: [rows, RANK], values: values(rows * RANK) }],
        [`${plain}.down`, { shape: [RANK, columns], values: values(RANK * columns) }],
      ];
    }),
  );
  adapter = safetensors(tensors);
  card = JSON.parse(await readFile(path.join(dir, BASE, "card.json"), "utf8"));
  await place({});
});
afterAll(() => rm(dir, { recursive: true }));

/** The adapter's folder, with changes to its card. */
async function place(change: Record<string, unknown>): Promise<void> {
  await mkdir(path.join(dir, ID), { recursive: true });
  await writeFile(path.join(dir, ID, "adapter.safetensors"), adapter);
  const content = {
    ...card,
    id: ID,
    files: { adapter: { path: "adapter.safetensors", sha256: sha256(adapter), bytes: adapter.length } },
    adapter: { base: BASE, baseSha256: sha256(base), rank: RANK, scale: SCALE, ...change },
  };
  await writeFile(path.join(dir, ID, "card.json"), JSON.stringify(content));
}

describe("an adapter", () => {
  it("answers, to the bit, what a network answers whose weights were merged by hand", async () => {
    const byHand = Buffer.from(base);
    for (const {
      name,
      dims: [rows, columns],
      rawData,
    } of matrices(byHand)) {
      const plain = name.replace(/_fp16$/, "");
      const [up, down] = [tensors[`${plain}.up`], tensors[`${plain}.down`]];
      if (!up) continue;
      const weights = new DataView(rawData.buffer, rawData.byteOffset, rawData.byteLength);
      for (let row = 0; row < rows; row += 1) {
        for (let column = 0; column < columns; column += 1) {
          const at = 2 * (row * columns + column);
          let change = 0;
          for (let k = 0; k < RANK; k += 1) {
            change +=
              fromHalf(toHalf(up.values[row * RANK + k])) *
              fromHalf(toHalf(down.values[k * columns + column]));
          }
          weights.setUint16(at, toHalf(fromHalf(weights.getUint16(at, true)) + SCALE * change), true);
        }
      }
    }
    expect(mergeAdapter(base, adapter, SCALE).equals(byHand)).toBe(true);
    expect(byHand.equals(base)).toBe(false);

    const x = batchNoise([1, 2], 4 * 16 * 16)();
    const tokens = BigInt64Array.from({ length: 40 }, (_, index) => BigInt(index));
    const session = await ort.InferenceSession.create(byHand);
    const wanted = await session.run({
      x: new ort.Tensor("float32", x, [2, 4, 16, 16]),
      t: new ort.Tensor("float32", new Float32Array([0.3, 0.3]), [2]),
      tokens: new ort.Tensor("int64", tokens, [2, 20]),
    });
    await session.release();
    const library = await ModelLibrary.open(dir);
    const { denoise } = await library.load(ID);
    expect(await denoise(x, 0.3, tokens)).toEqual(wanted.prediction.data);
    const plain = await (await library.load(BASE)).denoise(x, 0.3, tokens);
    expect(plain).not.toEqual(wanted.prediction.data);
    await library.close();
  });

  it("changes nothing at scale 0", () => {
    expect(mergeAdapter(base, adapter, 0).equals(base)).toBe(true);
  });

  it("is served beside its base and draws something else, and its words mean something to it alone", async () => {
    await place({ words: { blip: card.vocabularySize } });
    const backend = await Backend.start({ modelsDir: dir });
    try {
      const model = (await (await fetch(`${backend.url}/v1/models/${ID}`)).json()) as { salon: object };
      expect(model.salon).toMatchObject({ adapter_of: BASE, words: ["blip"] });
      const draw = async (id: string, prompt: string) =>
        (await backend.generate({ model: id, prompt, seed: 1, steps: 2 })).images[0];
      const drawn = await draw(ID, "a ball");
      expect(drawn.equals(await draw(BASE, "a ball"))).toBe(false);
      expect(drawn).toEqual(await draw(ID, "a ball"));
      expect(await draw(BASE, "a blip")).toEqual(await draw(BASE, "a blop"));
    } finally {
      await backend.close();
      await place({});
    }
  });

  it.each([
    ["of other weights than its base has", { baseSha256: "0".repeat(64) }, /which is not there/],
    ["of a model that is not there", { base: "nobody" }, /which is not there/],
    ["that gives a word another word's id", { words: { blip: 5 } }, /words\.blip: is the token id/],
  ])("is refused at the start: one %s", async (_name, change, message) => {
    await place(change);
    await expect(ModelLibrary.open(dir)).rejects.toThrow(message);
    await place({});
  });

  it.each([
    ["a tensor without its other half", { "x.up": { shape: [2, 1], values: [1, 1] } }, /has no x\.down/],
    [
      "weights the base does not have",
      { "x.up": { shape: [2, 1], values: [1, 1] }, "x.down": { shape: [1, 2], values: [1, 1] } },
      /has no weights x_fp16/,
    ],
  ])("is refused with %s", (_name, odd, message) => {
    expect(() => mergeAdapter(base, safetensors(odd), 1)).toThrow(message);
  });

  it("is refused where it does not fit, or is cut off", () => {
    const plain = changed[0].name.replace(/_fp16$/, "");
    const odd = {
      [`${plain}.up`]: { shape: [2, 1], values: [1, 1] },
      [`${plain}.down`]: { shape: [1, 2], values: [1, 1] },
    };
    expect(() => mergeAdapter(base, safetensors(odd), 1)).toThrow(/does not fit/);
    expect(() => mergeAdapter(base, adapter.subarray(0, adapter.length - 1), 1)).toThrow(/cut off/);
    expect(() => mergeAdapter(base, Buffer.from("no"), 1)).toThrow(/safetensors/);
  });
});
