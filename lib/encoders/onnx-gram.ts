import "@/bin/no-telemetry.mjs";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { GraphBuilder } from "@/lib/encoders/onnx-graph/graph-builder";
import type { GramKernel } from "@/lib/numerics/gram";
import { simdGram } from "@/lib/numerics/gram";

/**
 * A {@link GramKernel} on onnxruntime's float64 matrix product, which uses the machine's widest vector
 * instructions and all cores: for wide features about 4 times as fast a core as the WebAssembly kernel
 * (docs/decisions/0007-linear-algebra.md).
 */
export async function openOnnxGram({ threads = 0 }: { threads?: number } = {}): Promise<GramKernel> {
  const graph = new GraphBuilder("gram", "float64");
  const [a, b] = [graph.input("a", ["m", "d"]), graph.input("b", ["n", "d"])];
  graph.output("gram", graph.node("Gemm", [a, b], { transB: { int: 1 } }), ["m", "n"]);
  const session = await InferenceSession.create(graph.encode(), {
    intraOpNumThreads: threads,
    // Threads sleep between products: the work between them belongs to one core, and to others on the machine.
    extra: { session: { intra_op: { allow_spinning: "0" } } },
  });
  return async (left, m, right, n, d) => {
    const feeds = { a: new Tensor("float64", left, [m, d]), b: new Tensor("float64", right, [n, d]) };
    return (await session.run(feeds)).gram.data as Float64Array;
  };
}

/** Multiplications from which a product is worth a call of onnxruntime: about 0.2 ms of the WebAssembly kernel. */
const WORTH_A_CALL = 2 ** 20;

let opened: Promise<GramKernel> | undefined;

/** The kernel for features of any width: onnxruntime's for large products, this library's own for small ones. */
export const onnxGram: GramKernel = async (a, m, b, n, d) => {
  if (m * n * d < WORTH_A_CALL) return simdGram(a, m, b, n, d);
  opened ??= openOnnxGram();
  return (await opened)(a, m, b, n, d);
};
