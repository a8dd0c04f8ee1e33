import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import * as ort from "onnxruntime-node";
import { describe, expect, test } from "vitest";
import { mergeAdapter } from "@/generation/merge-adapter";

/** Written by training/common/export.py: inputs, and what PyTorch answered with the weights as they are stored. */
interface Fixture {
  model: string;
  frequency: number;
  inputs: Record<string, { dims: number[]; data?: number[]; amplitude?: number }>;
  outputs: Record<string, { dims: number[]; stride: number; data: number[] }>;
}

const FOLDER = "tests/fidelity/fixtures";
const fixtures = readdirSync(FOLDER)
  .filter((name) => name.endsWith(".json"))
  .map((name) => ({ name, fixture: JSON.parse(readFileSync(`${FOLDER}/${name}`, "utf8")) as Fixture }))
  .filter(({ fixture }) => /\.(onnx|safetensors)$/.test(fixture.model ?? ""));

/** A network's file; an adapter's is its base's, merged as the backend does it. */
function network(model: string): Uint8Array {
  if (model.endsWith(".onnx")) return readFileSync(model);
  const { adapter } = JSON.parse(readFileSync(path.join(path.dirname(model), "card.json"), "utf8")) as {
    adapter: { base: string; scale: number };
  };
  const base = readFileSync(path.join(path.dirname(model), "..", adapter.base, "denoiser.onnx"));
  return mergeAdapter(base, readFileSync(model), adapter.scale);
}

function tensor(type: string, { dims, data, amplitude }: Fixture["inputs"][string], frequency: number) {
  const size = dims.reduce((product, dim) => product * dim, 1);
  if (type === "int64") return new ort.Tensor("int64", BigInt64Array.from(data!, BigInt), dims);
  const values = data ?? Array.from({ length: size }, (_, index) => amplitude! * Math.sin(frequency * index));
  return new ort.Tensor("float32", Float32Array.from(values), dims);
}

/** Repeats a batch, to show that a batch of another size gives the same answers. */
function twice(input: ort.Tensor) {
  const dims = [input.dims[0] * 2, ...input.dims.slice(1)];
  if (input.type === "int64") {
    const data = input.data as BigInt64Array;
    return new ort.Tensor("int64", BigInt64Array.from([...data, ...data]), dims);
  }
  const data = input.data as Float32Array;
  return new ort.Tensor("float32", Float32Array.from([...data, ...data]), dims);
}

describe.each(fixtures)("$name", ({ fixture }) => {
  test("onnxruntime answers what PyTorch answered, within 1e-3, at either batch size", async () => {
    const session = await ort.InferenceSession.create(network(fixture.model), { intraOpNumThreads: 2 });
    const types = new Map(
      session.inputMetadata.map((input) => [input.name, input.isTensor ? input.type : "none"]),
    );
    const feeds = Object.fromEntries(
      Object.entries(fixture.inputs).map(([name, input]) => [
        name,
        tensor(types.get(name)!, input, fixture.frequency),
      ]),
    );
    const single = await session.run(feeds);
    const double = await session.run(
      Object.fromEntries(Object.entries(feeds).map(([name, input]) => [name, twice(input)])),
    );
    for (const [name, { dims, stride, data }] of Object.entries(fixture.outputs)) {
      expect(single[name].dims).toEqual(dims);
      for (const output of [single[name], double[name]]) {
        const values = output.data as Float32Array;
        const worst = Math.max(...data.map((expected, index) => Math.abs(values[index * stride] - expected)));
        expect(worst).toBeLessThan(1e-3);
      }
    }
    await session.release();
  });
});
