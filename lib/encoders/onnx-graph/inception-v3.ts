import type { Checkpoint } from "@/lib/encoders/checkpoint/read-checkpoint";
import { foldBatchNorm, tensor } from "@/lib/encoders/onnx-graph/batch-norm";
import { GraphBuilder } from "@/lib/encoders/onnx-graph/graph-builder";

type Pair = [number, number];

/** A convolution without bias, batch norm and ReLU: name, channels in and out, kernel [h, w], stride, padding [h, w]. */
interface ConvBlock {
  name: string;
  from: number;
  to: number;
  kernel: Pair;
  stride: number;
  padding: Pair;
}

const BATCH_NORM_EPSILON = 1e-3;
export const INCEPTION_SIZE = 299;
export const INCEPTION_FEATURES = 2048;
export const INCEPTION_CLASSES = 1008;

/** What each step of the network does: lists the tensors it needs, or adds a node to a graph. */
interface Steps<T> {
  conv(value: T, block: ConvBlock): T;
  maxPool(value: T, stride: 1 | 2): T;
  averagePool(value: T): T;
  concat(values: T[]): T;
}

type Layers<T> = ReturnType<typeof layersOf<T>>;

/** The network's layers on values whose channels are counted along the way, so that a layer names only those that it makes. */
function layersOf<T>(image: T, steps: Steps<T>) {
  const channels = new Map<T, number>([[image, 3]]);
  const know = (value: T, count: number) => {
    channels.set(value, count);
    return value;
  };
  const of = (value: T) => channels.get(value) ?? 0;
  const pair = (x: number | Pair): Pair => (Array.isArray(x) ? x : [x, x]);
  return {
    conv(
      value: T,
      name: string,
      to: number,
      kernel: number | Pair = 1,
      { stride = 1, padding = 0 }: { stride?: number; padding?: number | Pair } = {},
    ) {
      const block = { name, from: of(value), to, kernel: pair(kernel), stride, padding: pair(padding) };
      return know(steps.conv(value, block), to);
    },
    /** Average and max keep the size; shrink halves it by a max pool. */
    pool: (value: T, kind: "max" | "average" | "shrink") =>
      know(
        kind === "average" ? steps.averagePool(value) : steps.maxPool(value, kind === "max" ? 1 : 2),
        of(value),
      ),
    concat: (...values: T[]) =>
      know(
        steps.concat(values),
        values.reduce((sum, value) => sum + of(value), 0),
      ),
  };
}

const SAME = { padding: 1 };
const DOWN = { stride: 2 };
const WIDE = { padding: [0, 3] as Pair };
const TALL = { padding: [3, 0] as Pair };

/**
 * The network of the Inception graph of 2015-12-05 (Szegedy et al. 2016), written once and run twice: to list the
 * tensors that its checkpoint must have, and to build the ONNX graph. `steps` says what each step does.
 *
 * It differs from torchvision's: no convolution has a bias, average pools in the branches leave padding out of
 * the average, and the branch pool of Mixed_7c is a max pool.
 */
function walk<T>(image: T, steps: Steps<T>): T {
  const layers = layersOf(image, steps);
  const { conv, pool } = layers;
  let x = conv(image, "Conv2d_1a_3x3", 32, 3, DOWN);
  x = conv(x, "Conv2d_2a_3x3", 32, 3);
  x = conv(x, "Conv2d_2b_3x3", 64, 3, SAME);
  x = pool(x, "shrink");
  x = conv(x, "Conv2d_3b_1x1", 80);
  x = conv(x, "Conv2d_4a_3x3", 192, 3);
  x = pool(x, "shrink");
  x = mixed5(layers, x, "5b", 32);
  x = mixed5(layers, x, "5c", 64);
  x = mixed5(layers, x, "5d", 64);
  x = mixed6a(layers, x);
  x = mixed6(layers, x, "6b", 128);
  x = mixed6(layers, x, "6c", 160);
  x = mixed6(layers, x, "6d", 160);
  x = mixed6(layers, x, "6e", 192);
  x = mixed7a(layers, x);
  x = mixed7(layers, x, "7b", "average");
  return mixed7(layers, x, "7c", "max");
}

function mixed5<T>({ conv, pool, concat }: Layers<T>, x: T, block: string, poolWidth: number): T {
  const at = (branch: string) => `Mixed_${block}.${branch}`;
  const double = conv(conv(x, at("branch3x3dbl_1"), 64), at("branch3x3dbl_2"), 96, 3, SAME);
  return concat(
    conv(x, at("branch1x1"), 64),
    conv(conv(x, at("branch5x5_1"), 48), at("branch5x5_2"), 64, 5, { padding: 2 }),
    conv(double, at("branch3x3dbl_3"), 96, 3, SAME),
    conv(pool(x, "average"), at("branch_pool"), poolWidth),
  );
}

function mixed6a<T>({ conv, pool, concat }: Layers<T>, x: T): T {
  const double = conv(conv(x, "Mixed_6a.branch3x3dbl_1", 64), "Mixed_6a.branch3x3dbl_2", 96, 3, SAME);
  return concat(
    conv(x, "Mixed_6a.branch3x3", 384, 3, DOWN),
    conv(double, "Mixed_6a.branch3x3dbl_3", 96, 3, DOWN),
    pool(x, "shrink"),
  );
}

/** @param c7 channels within the 7x7 branches, each a chain of 1x7 and 7x1 */
function mixed6<T>({ conv, pool, concat }: Layers<T>, x: T, block: string, c7: number): T {
  const at = (branch: string) => `Mixed_${block}.${branch}`;
  let seven = conv(x, at("branch7x7_1"), c7);
  seven = conv(seven, at("branch7x7_2"), c7, [1, 7], WIDE);
  seven = conv(seven, at("branch7x7_3"), 192, [7, 1], TALL);
  let double = conv(x, at("branch7x7dbl_1"), c7);
  double = conv(double, at("branch7x7dbl_2"), c7, [7, 1], TALL);
  double = conv(double, at("branch7x7dbl_3"), c7, [1, 7], WIDE);
  double = conv(double, at("branch7x7dbl_4"), c7, [7, 1], TALL);
  double = conv(double, at("branch7x7dbl_5"), 192, [1, 7], WIDE);
  return concat(
    conv(x, at("branch1x1"), 192),
    seven,
    double,
    conv(pool(x, "average"), at("branch_pool"), 192),
  );
}

function mixed7a<T>({ conv, pool, concat }: Layers<T>, x: T): T {
  let seven = conv(x, "Mixed_7a.branch7x7x3_1", 192);
  seven = conv(seven, "Mixed_7a.branch7x7x3_2", 192, [1, 7], WIDE);
  seven = conv(seven, "Mixed_7a.branch7x7x3_3", 192, [7, 1], TALL);
  return concat(
    conv(conv(x, "Mixed_7a.branch3x3_1", 192), "Mixed_7a.branch3x3_2", 320, 3, DOWN),
    conv(seven, "Mixed_7a.branch7x7x3_4", 192, 3, DOWN),
    pool(x, "shrink"),
  );
}

function mixed7<T>({ conv, pool, concat }: Layers<T>, x: T, block: string, branchPool: "average" | "max"): T {
  const at = (branch: string) => `Mixed_${block}.${branch}`;
  const split = (value: T, name: string) => [
    conv(value, at(`${name}a`), 384, [1, 3], { padding: [0, 1] }),
    conv(value, at(`${name}b`), 384, [3, 1], { padding: [1, 0] }),
  ];
  const three = conv(x, at("branch3x3_1"), 384);
  const double = conv(conv(x, at("branch3x3dbl_1"), 448), at("branch3x3dbl_2"), 384, 3, SAME);
  return concat(
    conv(x, at("branch1x1"), 320),
    ...split(three, "branch3x3_2"),
    ...split(double, "branch3x3dbl_3"),
    conv(pool(x, branchPool), at("branch_pool"), 192),
  );
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
