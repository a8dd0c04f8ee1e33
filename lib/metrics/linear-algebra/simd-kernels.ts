import type { Code, WasmFunction } from "@/lib/metrics/linear-algebra/wasm-assembler";
import {
  F64,
  I32,
  V128,
  addF64,
  addF64x2,
  addI32,
  assemble,
  get,
  i32,
  laneF64,
  loadSplatF64,
  loadV128,
  mulF64x2,
  repeatWhile,
  set,
  splatF64,
  storeF64,
  storeV128,
  subI32,
  when,
  zeroV128,
} from "@/lib/metrics/linear-algebra/wasm-assembler";

/** Rows of a packed panel; a tile of C is TILE x TILE. */
export const TILE = 4;
/** Packed panels are padded with zeros to a multiple of this many columns. */
export const UNROLL = 4;

/**
 * `row(a, b, k, tiles, c, stride, scale)`: for each of `tiles` packed panels of B that follow each other, adds
 * scale * A B^T to a 4x4 tile of C; tiles lie side by side. Addresses and `stride` in bytes, k a multiple
 * of 4. Panels hold 4 numbers for each k (4 rows, interleaved). The 16 sums stay in 8 SIMD registers.
 */
function productRow(): WasmFunction {
  const [a, b, k, tiles, c, stride, scale] = [0, 1, 2, 3, 4, 5, 6];
  const [at, left, row] = [7, 8, 9];
  const [b0, b1, splat, factor] = [10, 11, 12, 13];
  const sum = (i: number, half: number) => 14 + 2 * i + half;
  const indices = [0, 1, 2, 3];
  const step = (u: number): Code => [
    ...set(b0, loadV128(get(b), 32 * u)),
    ...set(b1, loadV128(get(b), 32 * u + 16)),
    ...indices.flatMap((i) => [
      ...set(splat, loadSplatF64(get(at), 32 * u + 8 * i)),
      ...set(sum(i, 0), addF64x2(get(sum(i, 0)), mulF64x2(get(splat), get(b0)))),
      ...set(sum(i, 1), addF64x2(get(sum(i, 1)), mulF64x2(get(splat), get(b1)))),
    ]),
  ];
  const addToC: Code = indices.flatMap((i) => [
    ...storeV128(get(row), addF64x2(loadV128(get(row)), mulF64x2(get(factor), get(sum(i, 0))))),
    ...storeV128(get(row), addF64x2(loadV128(get(row), 16), mulF64x2(get(factor), get(sum(i, 1)))), 16),
    ...set(row, addI32(get(row), get(stride))),
  ]);
  const tile: Code = [
    ...indices.flatMap((i) => [...set(sum(i, 0), zeroV128), ...set(sum(i, 1), zeroV128)]),
    ...set(at, get(a)),
    ...set(left, get(k)),
    ...repeatWhile(
      [
        ...indices.flatMap(step),
        ...set(at, addI32(get(at), i32(32 * UNROLL))),
        ...set(b, addI32(get(b), i32(32 * UNROLL))),
        ...set(left, subI32(get(left), i32(UNROLL))),
      ],
      get(left),
    ),
    ...set(row, get(c)),
    ...addToC,
    ...set(c, addI32(get(c), i32(32))),
    ...set(tiles, subI32(get(tiles), i32(1))),
  ];
  return {
    name: "row",
    parameters: [I32, I32, I32, I32, I32, I32, F64],
    locals: [I32, I32, I32, V128, V128, V128, V128, ...new Array<typeof V128>(8).fill(V128)],
    body: [...set(factor, splatF64(get(scale))), ...when(get(tiles), repeatWhile(tile, get(tiles)))],
  };
}

/**
 * `multiply(a, stride, count, v, w, vr, sums)`: four rows of a symmetric matrix times v and, since the matrix
 * is symmetric, the same entries as columns: sums[i] = sum_j a[i, j] v[j] and w[j] += sum_i a[i, j] vr[i],
 * j < count (even). Reads each entry once: the step is bound by memory.
 */
function symmetricRows(): WasmFunction {
  const [a, stride, count, v, w, vr, sums] = [0, 1, 2, 3, 4, 5, 6];
  const rows = [a, 7, 8, 9];
  const [x, y] = [10, 11];
  const entry = 12;
  const factor = (i: number) => 13 + i;
  const sum = (i: number) => 17 + i;
  const indices = [0, 1, 2, 3];
  const body: Code = [
    ...[1, 2, 3].flatMap((i) => set(rows[i], addI32(get(rows[i - 1]), get(stride)))),
    ...indices.flatMap((i) => set(factor(i), loadSplatF64(get(vr), 8 * i))),
    ...indices.flatMap((i) => set(sum(i), zeroV128)),
    ...when(
      get(count),
      repeatWhile(
        [
          ...set(x, loadV128(get(v))),
          ...set(y, loadV128(get(w))),
          ...indices.flatMap((i) => [
            ...set(entry, loadV128(get(rows[i]))),
            ...set(sum(i), addF64x2(get(sum(i)), mulF64x2(get(entry), get(x)))),
            ...set(y, addF64x2(get(y), mulF64x2(get(entry), get(factor(i))))),
            ...set(rows[i], addI32(get(rows[i]), i32(16))),
          ]),
          ...storeV128(get(w), get(y)),
          ...set(v, addI32(get(v), i32(16))),
          ...set(w, addI32(get(w), i32(16))),
          ...set(count, subI32(get(count), i32(2))),
        ],
        get(count),
      ),
    ),
    ...indices.flatMap((i) =>
      storeF64(get(sums), addF64(laneF64(get(sum(i)), 0), laneF64(get(sum(i)), 1)), 8 * i),
    ),
  ];
  return {
    name: "multiply",
    parameters: [I32, I32, I32, I32, I32, I32, I32],
    locals: [I32, I32, I32, ...new Array<typeof V128>(11).fill(V128)],
    body,
  };
}

export interface SimdKernels {
  row(a: number, b: number, k: number, tiles: number, c: number, stride: number, scale: number): void;
  multiply(a: number, stride: number, count: number, v: number, w: number, vr: number, sums: number): void;
}

/** 4 GiB: the most a 32-bit address reaches. */
export const MAX_PAGES = 65_536;

let compiled: WebAssembly.Module | undefined;

/** The kernels' module, assembled and compiled once a thread (about 1 ms). */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(assemble([productRow(), symmetricRows()], MAX_PAGES));
  return compiled;
}

/** The kernels over one shared memory. */
export function instantiateKernels(memory: WebAssembly.Memory): SimdKernels {
  return new WebAssembly.Instance(kernelModule(), { env: { memory } }).exports as unknown as SimdKernels;
}
