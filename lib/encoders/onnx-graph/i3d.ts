import type { Checkpoint } from "@/lib/encoders/checkpoint/read-checkpoint";
import { foldBatchNorm, tensor } from "@/lib/encoders/onnx-graph/batch-norm";
import { GraphBuilder } from "@/lib/encoders/onnx-graph/graph-builder";

/** A 3D convolution without bias, batch norm and ReLU; kernel and stride as [time, height, width]. */
interface Unit {
  name: string;
  from: number;
  to: number;
  kernel: [number, number, number];
  stride: [number, number, number];
}

export const I3D_CLASSES = 400;
export const I3D_SIZE = 224;
/** The temporal average pool needs two steps after three halvings, which 10 frames are the fewest to leave. */
export const I3D_LEAST_FRAMES = 10;

/** Widths of an inception block's units: b0, b1a, b1b, b2a, b2b, b3b. */
const BLOCKS: Record<string, [number, number, number, number, number, number]> = {
  "3b": [64, 96, 128, 16, 32, 32],
  "3c": [128, 128, 192, 32, 96, 64],
  "4b": [192, 96, 208, 16, 48, 64],
  "4c": [160, 112, 224, 24, 64, 64],
  "4d": [128, 128, 256, 24, 64, 64],
  "4e": [112, 144, 288, 32, 64, 64],
  "4f": [256, 160, 320, 32, 128, 128],
  "5b": [256, 160, 320, 32, 128, 128],
  "5c": [384, 192, 384, 48, 128, 128],
};

type Triple = [number, number, number];

/** The Inflated Inception network (Carreira & Zisserman 2017), up to the last inception block. */
function walk<T>(
  video: T,
  ops: {
    unit(value: T, unit: Unit): T;
    maxPool(value: T, kernel: Triple, stride: Triple): T;
    concat(values: T[]): T;
  },
): T {
  const channels = new Map<T, number>([[video, 3]]);
  const know = (value: T, count: number) => {
    channels.set(value, count);
    return value;
  };
  const of = (value: T) => channels.get(value) ?? 0;
  const unit = (value: T, name: string, to: number, size = 1, step = 1) =>
    know(
      ops.unit(value, { name, from: of(value), to, kernel: [size, size, size], stride: [step, step, step] }),
      to,
    );
  const pool = (value: T, kernel: Triple, stride: Triple) =>
    know(ops.maxPool(value, kernel, stride), of(value));
  const block = (value: T, name: keyof typeof BLOCKS) => {
    const [b0, b1a, b1b, b2a, b2b, b3b] = BLOCKS[name];
    const at = (branch: string) => `Mixed_${name}.${branch}`;
    const branches = [
      unit(value, at("b0"), b0),
      unit(unit(value, at("b1a"), b1a), at("b1b"), b1b, 3),
      unit(unit(value, at("b2a"), b2a), at("b2b"), b2b, 3),
      unit(pool(value, [3, 3, 3], [1, 1, 1]), at("b3b"), b3b),
    ];
    return know(
      ops.concat(branches),
      branches.reduce((sum, branch) => sum + of(branch), 0),
    );
  };

  let x = unit(video, "Conv3d_1a_7x7", 64, 7, 2);
  x = pool(x, [1, 3, 3], [1, 2, 2]);
  x = unit(x, "Conv3d_2b_1x1", 64);
  x = unit(x, "Conv3d_2c_3x3", 192, 3);
  x = pool(x, [1, 3, 3], [1, 2, 2]);
  x = block(block(x, "3b"), "3c");
  x = pool(x, [3, 3, 3], [2, 2, 2]);
  x = ["4b", "4c", "4d", "4e", "4f"].reduce((value, name) => block(value, name), x);
  x = pool(x, [2, 2, 2], [2, 2, 2]);
  return block(block(x, "5b"), "5c");
}

/** Names and shapes of the checkpoint's 287 tensors: 57 units of five, and the classifier. */
export function i3dTensors(): Map<string, number[]> {
  const shapes = new Map<string, number[]>();
  walk<object>(
    {},
    {
      unit(_, { name, from, to, kernel }) {
        shapes.set(`${name}.conv3d.weight`, [to, from, ...kernel]);
        for (const part of ["weight", "bias", "running_mean", "running_var"])
          shapes.set(`${name}.bn.${part}`, [to]);
        return {};
      },
      maxPool: () => ({}),
      concat: () => ({}),
    },
  );
  shapes.set("logits.conv3d.weight", [I3D_CLASSES, 1024, 1, 1, 1]);
  shapes.set("logits.conv3d.bias", [I3D_CLASSES]);
  return shapes;
}

/**
 * ONNX graph of I3D for FVD: `clip` [B, 3, T, 224, 224] in [-1, 1], T >= 10, to `features` [B, 400], the class
 * logits before the softmax, averaged over time. TensorFlow's SAME padding throughout.
 *
 * @param epsilon of the batch norms: 1e-3 in the original; 1e-5 in some ports, whose numbers differ
 */
export function buildI3d(checkpoint: Checkpoint, epsilon = 1e-3): Uint8Array {
  const graph = new GraphBuilder("i3d-kinetics400");
  const video = graph.input("clip", ["batch", 3, "frames", I3D_SIZE, I3D_SIZE]);
  const last = walk<string>(video, {
    unit(value, { name, kernel, stride }) {
      const { shape, weight, bias } = foldBatchNorm(checkpoint, `${name}.conv3d`, `${name}.bn`, epsilon);
      const inputs = [
        value,
        graph.constant(`${name}.weight`, shape, weight),
        graph.constant(`${name}.bias`, [shape[0]], bias),
      ];
      return graph.node("Relu", [
        graph.node("Conv", inputs, { kernel_shape: kernel, strides: stride, auto_pad: "SAME_UPPER" }),
      ]);
    },
    maxPool: (value, kernel, stride) =>
      graph.node("MaxPool", [value], { kernel_shape: kernel, strides: stride, auto_pad: "SAME_UPPER" }),
    concat: (values) => graph.node("Concat", values, { axis: { int: 1 } }),
  });
  const pooled = graph.node("AveragePool", [last], { kernel_shape: [2, 7, 7], strides: [1, 1, 1] });
  const [weight, bias] = ["weight", "bias"].map((part) => tensor(checkpoint, `logits.conv3d.${part}`));
  const scores = graph.node("Conv", [
    pooled,
    graph.constant("logits.weight", weight.shape, weight.data),
    graph.constant("logits.bias", bias.shape, bias.data),
  ]);
  const logits = graph.node("ReduceMean", [scores], { axes: [2, 3, 4], keepdims: { int: 0 } });
  graph.output("features", logits, ["batch", I3D_CLASSES]);
  return graph.encode();
}
