import { addProductTransposed, padded } from "@/lib/numerics/linear-algebra/matrix-product";
import { withWorkspace } from "@/lib/numerics/linear-algebra/workspace";

/**
 * Inner products of every row of A [m, d] with every row of B [n, d], as [m, n] float64. Metrics over pairs of
 * samples spend nearly all their time here, so the kernel is an argument: {@link simdGram} needs nothing but
 * this library, onnx-gram.ts (beside the encoders) is faster on wide features.
 */
export type GramKernel = (
  a: Float64Array,
  m: number,
  b: Float64Array,
  n: number,
  d: number,
) => Float64Array | Promise<Float64Array>;

/** What may be said of the products behind a metric. */
export interface KernelOptions {
  /** {@link simdGram} by default. */
  kernel?: GramKernel;
}

/** The kernel of this library: WebAssembly SIMD, large products shared between threads. */
export const simdGram: GramKernel = (a, m, b, n, d) =>
  withWorkspace((workspace) => {
    const left = { data: workspace.floats(m * d), offset: 0, stride: d };
    left.data.set(a);
    const right = a === b ? left : { data: workspace.floats(n * d), offset: 0, stride: d };
    if (a !== b) right.data.set(b);
    const stride = padded(n);
    const product = workspace.floats(padded(m) * stride);
    addProductTransposed(workspace, { data: product, offset: 0, stride }, left, right, m, n, d);
    const gram = new Float64Array(m * n);
    for (let i = 0; i < m; i++) gram.set(product.subarray(i * stride, i * stride + n), i * n);
    return gram;
  });
