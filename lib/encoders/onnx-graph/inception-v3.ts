import type { Checkpoint } from "@/lib/encoders/checkpoint/read-checkpoint";
import { foldBatchNorm, tensor } from "@/lib/encoders/onnx-graph/batch-norm";
import { GraphBuilder } from "@/lib/encoders/onnx-graph/graph-builder";

/** A convolution without bias, batch norm and ReLU: name, channels in and out, kernel [h, w], stride, padding [h, w]. */
interface ConvBlock {
  name: string;
  from: number;
  to: number;
  kernel: [number, number];
  stride: number;
  padding: [number, number];
}

const BATCH_NORM_EPSILON = 1e-3;
export const INCEPTION_SIZE = 299;
export const INCEPTION_FEATURES = 2048;
export const INCEPTION_CLASSES = 1008;

/**
 * The network of the Inception graph of 2015-12-05 (Szegedy et al. 2016), written once and run twice: to list the
 * tensors that its checkpoint must have, and to build the ONNX graph. `ops` says what each step does.
 *
 * It differs from torchvision's: no convolution has a bias, average pools in the branches leave padding out of
 * the average, and the branch pool of Mixed_7c is a max pool.
 */
function walk<T>(
  image: T,
  ops: {
    conv(value: T, block: ConvBlock): T;
    maxPool(value: T, stride: 1 | 2): T;
    averagePool(value: T): T;
    concat(values: T[]): T;
  },
): T {
  const channels = new Map<T, number>([[image, 3]]);
  const know = (value: T, count: number) => {
    channels.set(value, count);
    return value;
  };
  const of = (value: T) => channels.get(value) ?? 0;
  const conv = (
    value: T,
    name: string,
    to: number,
    kernel: number | [number, number] = 1,
    options: { stride?: number; padding?: number | [number, number] } = {},
  ) => {
    const pair = (x: number | [number, number]): [number, number] => (Array.isArray(x) ? x : [x, x]);
    const { stride = 1, padding = 0 } = options;
    return know(
      ops.conv(value, { name, from: of(value), to, kernel: pair(kernel), stride, padding: pair(padding) }),
      to,
    );
  };
  const pooled = (value: T, pool: "max" | "average" | "shrink") =>
    know(pool === "average" ? ops.averagePool(value) : ops.maxPool(value, pool === "max" ? 1 : 2), of(value));
  const concat = (...values: T[]) =>
    know(
      ops.concat(values),
      values.reduce((sum, value) => sum + of(value), 0),
    );
  const same = { padding: 1 };
  const down = { stride: 2 };
  const wide = { padding: [0, 3] as [number, number] };
  const tall = { padding: [3, 0] as [number, number] };

  let x = conv(image, "Conv2d_1a_3x3", 32, 3, down);
  x = conv(x, "Conv2d_2a_3x3", 32, 3);
  x = conv(x, "Conv2d_2b_3x3", 64, 3, same);
  x = pooled(x, "shrink");
  x = conv(x, "Conv2d_3b_1x1", 80);
  x = conv(x, "Conv2d_4a_3x3", 192, 3);
  x = pooled(x, "shrink");
  for (const [block, poolWidth] of [
    ["5b", 32],
    ["5c", 64],
    ["5d", 64],
  ] as const) {
    const at = (branch: string) => `Mixed_${block}.${branch}`;
    const double = conv(conv(x, at("branch3x3dbl_1"), 64), at("branch3x3dbl_2"), 96, 3, same);
    x = concat(
      conv(x, at("branch1x1"), 64),
      conv(conv(x, at("branch5x5_1"), 48), at("branch5x5_2"), 64, 5, { padding: 2 }),
      conv(double, at("branch3x3dbl_3"), 96, 3, same),
      conv(pooled(x, "average"), at("branch_pool"), poolWidth),
    );
  }
  const reduced = conv(conv(x, "Mixed_6a.branch3x3dbl_1", 64), "Mixed_6a.branch3x3dbl_2", 96, 3, same);
  x = concat(
    conv(x, "Mixed_6a.branch3x3", 384, 3, down),
    conv(reduced, "Mixed_6a.branch3x3dbl_3", 96, 3, down),
    pooled(x, "shrink"),
  );
  for (const [block, c7] of [
    ["6b", 128],
    ["6c", 160],
    ["6d", 160],
    ["6e", 192],
  ] as const) {
    const at = (branch: string) => `Mixed_${block}.${branch}`;
    let seven = conv(x, at("branch7x7_1"), c7);
    seven = conv(seven, at("branch7x7_2"), c7, [1, 7], wide);
    seven = conv(seven, at("branch7x7_3"), 192, [7, 1], tall);
    let double = conv(x, at("branch7x7dbl_1"), c7);
    double = conv(double, at("branch7x7dbl_2"), c7, [7, 1], tall);
    double = conv(double, at("branch7x7dbl_3"), c7, [1, 7], wide);
    double = conv(double, at("branch7x7dbl_4"), c7, [7, 1], tall);
    double = conv(double, at("branch7x7dbl_5"), 192, [1, 7], wide);
    x = concat(
      conv(x, at("branch1x1"), 192),
      seven,
      double,
      conv(pooled(x, "average"), at("branch_pool"), 192),
    );
  }
  let seven = conv(x, "Mixed_7a.branch7x7x3_1", 192);
  seven = conv(seven, "Mixed_7a.branch7x7x3_2", 192, [1, 7], wide);
  seven = conv(seven, "Mixed_7a.branch7x7x3_3", 192, [7, 1], tall);
  x = concat(
    conv(conv(x, "Mixed_7a.branch3x3_1", 192), "Mixed_7a.branch3x3_2", 320, 3, down),
    conv(seven, "Mixed_7a.branch7x7x3_4", 192, 3, down),
    pooled(x, "shrink"),
  );
  for (const block of ["7b", "7c"]) {
    const at = (branch: string) => `Mixed_${block}.${branch}`;
    const split = (value: T, name: string) => [
      conv(value, at(`${name}a`), 384, [1, 3], { padding: [0, 1] }),
      conv(value, at(`${name}b`), 384, [3, 1], { padding: [1, 0] }),
    ];
    const three = conv(x, at("branch3x3_1"), 384);
    const double = conv(conv(x, at("branch3x3dbl_1"), 448), at("branch3x3dbl_2"), 384, 3, same);
    x = concat(
      conv(x, at("branch1x1"), 320),
      ...split(three, "branch3x3_2"),
      ...split(double, "branch3x3dbl_3"),
      conv(pooled(x, block === "7b" ? "average" : "max"), at("branch_pool"), 192),
    );
  }
  return x;
}

/** Names and shapes of the checkpoint's 566 tensors: 94 blocks of six, and the classifier. */
export function inceptionTensors(): Map<string, number[]> {
  const shapes = new Map<string, number[]>();
  walk<object>(
    {},
    {
      conv(_, { name, from, to, kernel }) {
        shapes.set(`${name}.conv.weight`, [to, from, ...kernel]);
        for (const part of ["weight", "bias", "running_mean", "running_var"])
          shapes.set(`${name}.bn.${part}`, [to]);
        shapes.set(`${name}.bn.num_batches_tracked`, []);
        return {};
      },
      maxPool: () => ({}),
      averagePool: () => ({}),
      concat: () => ({}),
    },
  );
  shapes.set("fc.weight", [INCEPTION_CLASSES, INCEPTION_FEATURES]);
  shapes.set("fc.bias", [INCEPTION_CLASSES]);
  return shapes;
}

/**
 * ONNX graph of the FID Inception network: `image` [B, 3, 299, 299] in [-1, 1] to `features` [B, 2048] (pool3)
 * and `logits` [B, 1008], which the Inception Score takes without the classifier's bias. Batch norms are
 * folded into their convolutions in float64.
 */
export function buildInception(checkpoint: Checkpoint): Uint8Array {
  const graph = new GraphBuilder("inception-v3-2015-12-05");
  const image = graph.input("image", ["batch", 3, INCEPTION_SIZE, INCEPTION_SIZE]);
  const pool3 = walk<string>(image, {
    conv(value, { name, kernel, stride, padding: [vertical, across] }) {
      const { shape, weight, bias } = foldBatchNorm(
        checkpoint,
        `${name}.conv`,
        `${name}.bn`,
        BATCH_NORM_EPSILON,
      );
      const inputs = [
        value,
        graph.constant(`${name}.weight`, shape, weight),
        graph.constant(`${name}.bias`, [shape[0]], bias),
      ];
      const pads = [vertical, across, vertical, across];
      return graph.node("Relu", [
        graph.node("Conv", inputs, { kernel_shape: kernel, strides: [stride, stride], pads }),
      ]);
    },
    maxPool: (value, stride) =>
      graph.node("MaxPool", [value], {
        kernel_shape: [3, 3],
        strides: [stride, stride],
        pads: stride === 1 ? [1, 1, 1, 1] : [0, 0, 0, 0],
      }),
    averagePool: (value) =>
      graph.node("AveragePool", [value], {
        kernel_shape: [3, 3],
        strides: [1, 1],
        pads: [1, 1, 1, 1],
        count_include_pad: { int: 0 },
      }),
    concat: (values) => graph.node("Concat", values, { axis: { int: 1 } }),
  });
  const features = graph.node("Flatten", [graph.node("GlobalAveragePool", [pool3])], { axis: { int: 1 } });
  const classifier = tensor(checkpoint, "fc.weight");
  const logits = graph.node(
    "Gemm",
    [features, graph.constant("fc.weight", classifier.shape, classifier.data)],
    {
      transB: { int: 1 },
    },
  );
  graph.output("features", features, ["batch", INCEPTION_FEATURES]);
  graph.output("logits", logits, ["batch", INCEPTION_CLASSES]);
  return graph.encode();
}
