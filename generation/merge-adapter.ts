import protobuf from "protobufjs/light.js";
import { fromHalf, toHalf } from "@/generation/float16";
import { readSafetensors, type StoredTensor } from "@/generation/safetensors";

/** As much of onnx.proto (IR version 8) as tells where a network keeps its weights. */
const MODEL = protobuf.Root.fromJSON({
  nested: {
    ModelProto: { fields: { graph: { id: 7, type: "GraphProto" } } },
    GraphProto: { fields: { initializer: { id: 5, type: "TensorProto", rule: "repeated" } } },
    TensorProto: {
      fields: {
        dims: { id: 1, type: "int64", rule: "repeated", options: { packed: false } },
        dataType: { id: 2, type: "int32" },
        name: { id: 8, type: "string" },
        rawData: { id: 9, type: "bytes" },
      },
    },
  },
}).lookupType("ModelProto");
const FLOAT16 = 10;

interface Initializer {
  dims: (number | { toNumber(): number })[];
  dataType: number;
  name: string;
  /** The file's own bytes: what is written here is written there. */
  rawData: Uint8Array;
}

/**
 * A network's file with a low-rank adapter merged into its weights: W + scale up down for each pair of the adapter, in float32
 * and rounded to the nearest half, as the weights are stored. Layout and size stay the same, so the new weights are written
 * over the old ones and nothing else of the file changes.
 * @param base an .onnx whose weights are initializers NAME_fp16 [r,c]
 * @param adapter a .safetensors with NAME.up [r,k] and NAME.down [k,c], both F16
 * @throws Error naming the tensor that does not fit
 */
export function mergeAdapter(base: Buffer, adapter: Buffer, scale: number): Buffer {
  const merged = Buffer.from(base);
  const { graph } = MODEL.decode(merged) as unknown as { graph: { initializer: Initializer[] } };
  const initializers = new Map(graph.initializer.map((each) => [each.name, each]));
  const tensors = readSafetensors(adapter);
  for (const name of pairNames(tensors)) {
    const [up, down] = [tensors.get(`${name}.up`), tensors.get(`${name}.down`)];
    const weight = initializers.get(`${name}_fp16`);
    if (!up || !down) throw new Error(`The adapter has no ${name}.${up ? "down" : "up"}.`);
    if (!weight) throw new Error(`The adapter's base has no weights ${name}_fp16.`);
    const [rows, columns] = weight.dims.map(Number);
    const rank = down.shape[0];
    const fits =
      weight.dims.length === 2 &&
      weight.dataType === FLOAT16 &&
      `${up.shape}` === `${[rows, rank]}` &&
      `${down.shape}` === `${[rank, columns]}` &&
      up.dtype === "F16" &&
      down.dtype === "F16" &&
      up.bytes.length === 2 * rows * rank &&
      down.bytes.length === 2 * rank * columns &&
      weight.rawData.length === 2 * rows * columns;
    if (!fits) {
      throw new Error(
        `The adapter's ${name} is ${up.dtype} [${up.shape}] x [${down.shape}], which does not fit [${weight.dims.map(Number)}].`,
      );
    }
    addProduct(weight.rawData, halves(up.bytes), halves(down.bytes), { rows, rank, columns, scale });
  }
  return merged;
}

function pairNames(tensors: Map<string, StoredTensor>): Set<string> {
  return new Set([...tensors.keys()].map((name) => name.replace(/\.(up|down)$/, "")));
}

function halves(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Float32Array.from({ length: bytes.length / 2 }, (_, at) => fromHalf(view.getUint16(2 * at, true)));
}

/** weight += scale up down, in place, on little-endian halves. */
function addProduct(
  weight: Uint8Array,
  up: Float32Array,
  down: Float32Array,
  { rows, rank, columns, scale }: { rows: number; rank: number; columns: number; scale: number },
): void {
  const view = new DataView(weight.buffer, weight.byteOffset, weight.byteLength);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      let change = 0;
      for (let k = 0; k < rank; k += 1) change += up[row * rank + k] * down[k * columns + column];
      change *= scale;
      // Adding 0 would turn a weight of -0 into 0: equal, and another byte.
      if (change === 0) continue;
      const at = 2 * (row * columns + column);
      view.setUint16(at, toHalf(Math.fround(fromHalf(view.getUint16(at, true)) + change)), true);
    }
  }
}
