import { encodeModel } from "@/lib/encoders/onnx-graph/onnx-messages";

const OPSET = 15;
const IR_VERSION = 8;
/** TensorProto.DataType. */
const ELEMENT = { float32: 1, float64: 11 } as const;
/** AttributeProto.AttributeType. */
const ATTRIBUTE = { float: 1, int: 2, string: 3, ints: 7 } as const;

type ElementType = keyof typeof ELEMENT;
export type Attribute = string | number[] | { int: number } | { float: number };

/** Builds an ONNX graph node by node; values are named by the strings that the methods return. */
export class GraphBuilder {
  private readonly nodes: object[] = [];
  private readonly initializers: object[] = [];
  private readonly inputs: object[] = [];
  private readonly outputs: object[] = [];
  private serial = 0;

  constructor(
    readonly name: string,
    readonly elementType: ElementType = "float32",
  ) {}

  /** A graph input; a string is a dimension that may vary, named by it. */
  input(name: string, shape: (number | string)[]): string {
    this.inputs.push(this.valueInfo(name, shape));
    return name;
  }

  /** A constant tensor. */
  constant(name: string, shape: number[], data: Float32Array | Float64Array): string {
    const length = shape.reduce((product, side) => product * side, 1);
    if (length !== data.length) throw new RangeError(`${name} has ${data.length} numbers, not ${length}.`);
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.initializers.push({ name, dims: shape, dataType: ELEMENT[this.elementType], rawData });
    return name;
  }

  /** A node with one output. */
  node(opType: string, inputs: string[], attributes: Record<string, Attribute> = {}): string {
    const output = `${opType}_${this.serial++}`;
    this.nodes.push({
      input: inputs,
      output: [output],
      name: output,
      opType,
      attribute: Object.entries(attributes).map(([name, value]) => {
        if (typeof value === "string") return { name, s: Buffer.from(value), type: ATTRIBUTE.string };
        if (Array.isArray(value)) return { name, ints: value, type: ATTRIBUTE.ints };
        if ("int" in value) return { name, i: value.int, type: ATTRIBUTE.int };
        return { name, f: value.float, type: ATTRIBUTE.float };
      }),
    });
    return output;
  }

  /** Declares a value as a graph output under a name of its own. */
  output(name: string, value: string, shape: (number | string)[]): void {
    this.nodes.push({
      input: [value],
      output: [name],
      name: `${name}_output`,
      opType: "Identity",
      attribute: [],
    });
    this.outputs.push(this.valueInfo(name, shape));
  }

  /** The model as the bytes of an .onnx file. */
  encode(): Uint8Array {
    return encodeModel({
      irVersion: IR_VERSION,
      producerName: "salon",
      opsetImport: [{ domain: "", version: OPSET }],
      graph: {
        name: this.name,
        node: this.nodes,
        initializer: this.initializers,
        input: this.inputs,
        output: this.outputs,
      },
    });
  }

  private valueInfo(name: string, shape: (number | string)[]): object {
    const dim = shape.map((side) => (typeof side === "number" ? { dimValue: side } : { dimParam: side }));
    return { name, type: { tensorType: { elemType: ELEMENT[this.elementType], shape: { dim } } } };
  }
}
