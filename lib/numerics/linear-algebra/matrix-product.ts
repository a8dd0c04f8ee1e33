import { TILE, UNROLL } from "@/lib/numerics/linear-algebra/simd-kernels";
import type { Workspace } from "@/lib/numerics/linear-algebra/workspace";

/** A row-major matrix inside a workspace array: element (i, j) lies at offset + i * stride + j. */
export interface MatrixView {
  data: Float64Array;
  offset: number;
  stride: number;
}

/** Columns packed at a time: a 4-row panel of them is 8 KB and stays in the first-level cache. */
const K_RUN = 256;
/** Panels of B swept by each panel of A: 512 KB, which stays in the second-level cache. */
const PANELS_OF_B = 64;

const PARTS = { full: 0, lower: 1 } as const;

const roundUp = (n: number, to: number) => Math.ceil(n / to) * to;

/** Leading dimension and number of rows to give a matrix that {@link addProductTransposed} writes to. */
export const padded = (n: number): number => roundUp(n, TILE);

/**
 * C[i, j] += scale * sum_k A[i, k] B[j, k]: A [m, k] times B [n, k] transposed, the one product that every
 * metric here needs. Operands are workspace arrays.
 *
 * C is written in 4x4 tiles, so it must have room for {@link padded} rows and columns; what lies in the
 * padding is unchanged. With `part` lower only the tiles that touch that triangle are computed
 * (half the work of a symmetric product); the other triangle is then undefined within those tiles.
 */
export function addProductTransposed(
  workspace: Workspace,
  c: MatrixView,
  a: MatrixView,
  b: MatrixView,
  m: number,
  n: number,
  k: number,
  { scale = 1, part = "full" }: { scale?: number; part?: "full" | "lower" } = {},
): void {
  if (m === 0 || n === 0 || k === 0) return;
  const panelsA = Math.ceil(m / TILE);
  const panelsB = Math.ceil(n / TILE);
  workspace.scope(() => {
    const width = Math.min(roundUp(k, UNROLL), K_RUN);
    const packedA = workspace.floats(panelsA * TILE * width);
    const packedB = a === b ? packedA : workspace.floats(panelsB * TILE * width);
    const cAddress = c.data.byteOffset + 8 * c.offset;
    for (let kLow = 0; kLow < k; kLow += K_RUN) {
      const run = Math.min(K_RUN, k - kLow);
      const runPadded = roundUp(run, UNROLL);
      pack(packedA, a, m, kLow, run, runPadded);
      if (a !== b) pack(packedB, b, n, kLow, run, runPadded);
      const panelBytes = 8 * TILE * runPadded;
      const job = { panelsA, panelsB, blockB: PANELS_OF_B, panelBytes, k: runPadded, c: cAddress };
      workspace.product(
        { ...job, a: packedA.byteOffset, b: packedB.byteOffset, stride: 8 * c.stride, part: PARTS[part] },
        scale,
      );
    }
  });
}

/** Interleaves rows four by four, with zeros for missing rows and columns. */
function pack(
  to: Float64Array,
  from: MatrixView,
  rows: number,
  kLow: number,
  run: number,
  runPadded: number,
): void {
  const { data, offset, stride } = from;
  const panels = Math.ceil(rows / TILE);
  for (let panel = 0; panel < panels; panel++) {
    const at = panel * TILE * runPadded;
    if (runPadded > run) to.fill(0, at + TILE * run, at + TILE * runPadded);
    const r0 = offset + panel * TILE * stride + kLow;
    const whole = (panel + 1) * TILE <= rows;
    if (whole) {
      const r1 = r0 + stride;
      const r2 = r1 + stride;
      const r3 = r2 + stride;
      for (let p = 0, q = at; p < run; p++, q += TILE) {
        to[q] = data[r0 + p];
        to[q + 1] = data[r1 + p];
        to[q + 2] = data[r2 + p];
        to[q + 3] = data[r3 + p];
      }
    } else {
      for (let row = 0; row < TILE; row++) {
        const inside = panel * TILE + row < rows;
        for (let p = 0; p < run; p++) to[at + TILE * p + row] = inside ? data[r0 + row * stride + p] : 0;
      }
    }
  }
}

/** Copies the lower triangle of a square row-major matrix onto its upper triangle, block by block. */
export function mirrorLower(matrix: Float64Array, d: number): void {
  const block = 32;
  for (let iLow = 0; iLow < d; iLow += block) {
    for (let jLow = 0; jLow <= iLow; jLow += block) {
      const iHigh = Math.min(d, iLow + block);
      for (let i = iLow; i < iHigh; i++) {
        const jHigh = Math.min(i, jLow + block);
        for (let j = jLow; j < jHigh; j++) matrix[j * d + i] = matrix[i * d + j];
      }
    }
  }
}
