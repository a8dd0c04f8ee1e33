import type { Code, WasmFunction } from "@/lib/numerics/linear-algebra/wasm-assembler";
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
} from "@/lib/numerics/linear-algebra/wasm-assembler";

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

/** The kernels over blocks of rows take them four at a time. */
const ROWS = [0, 1, 2, 3];

/**
 * `dots(a, stride, rows, count, v, y)`: y[r] = sum_j a[r, j] v[j] for r < rows (a multiple of 4), j < count (even).
 * Addresses and `stride` in bytes, here and below.
 */
function rowDots(): WasmFunction {
  const [a, stride, rows, count, v, y] = [0, 1, 2, 3, 4, 5];
  const [left, at, x] = [6, 7, 8];
  const row = (i: number) => 9 + i;
  const sum = (i: number) => 13 + i;
  const columns: Code = [
    ...set(x, loadV128(get(at))),
    ...ROWS.flatMap((i) => [
      ...set(sum(i), addF64x2(get(sum(i)), mulF64x2(loadV128(get(row(i))), get(x)))),
      ...set(row(i), addI32(get(row(i)), i32(16))),
    ]),
    ...set(at, addI32(get(at), i32(16))),
    ...set(left, subI32(get(left), i32(2))),
  ];
  const fourRows: Code = [
    ...pointToRows(row, a, stride),
    ...ROWS.flatMap((i) => set(sum(i), zeroV128)),
    ...set(at, get(v)),
    ...set(left, get(count)),
    ...repeatWhile(columns, get(left)),
    ...ROWS.flatMap((i) => storeF64(get(y), addF64(laneF64(get(sum(i)), 0), laneF64(get(sum(i)), 1)), 8 * i)),
    ...set(y, addI32(get(y), i32(32))),
    ...set(rows, subI32(get(rows), i32(4))),
  ];
  return {
    name: "dots",
    parameters: [I32, I32, I32, I32, I32, I32],
    locals: [I32, I32, V128, I32, I32, I32, I32, V128, V128, V128, V128],
    body: when(get(rows), when(get(count), repeatWhile(fourRows, get(rows)))),
  };
}

/** `combine(a, stride, rows, count, u, z)`: z[j] += sum_r u[r] a[r, j], sizes as for `dots`. */
function rowCombination(): WasmFunction {
  const [a, stride, rows, count, u, z] = [0, 1, 2, 3, 4, 5];
  const [left, at, x] = [6, 7, 8];
  const row = (i: number) => 9 + i;
  const factor = (i: number) => 13 + i;
  const columns: Code = [
    ...set(x, loadV128(get(at))),
    ...ROWS.flatMap((i) => [
      ...set(x, addF64x2(get(x), mulF64x2(loadV128(get(row(i))), get(factor(i))))),
      ...set(row(i), addI32(get(row(i)), i32(16))),
    ]),
    ...storeV128(get(at), get(x)),
    ...set(at, addI32(get(at), i32(16))),
    ...set(left, subI32(get(left), i32(2))),
  ];
  const fourRows: Code = [
    ...pointToRows(row, a, stride),
    ...ROWS.flatMap((i) => set(factor(i), loadSplatF64(get(u), 8 * i))),
    ...set(at, get(z)),
    ...set(left, get(count)),
    ...repeatWhile(columns, get(left)),
    ...set(u, addI32(get(u), i32(32))),
    ...set(rows, subI32(get(rows), i32(4))),
  ];
  return {
    name: "combine",
    parameters: [I32, I32, I32, I32, I32, I32],
    locals: [I32, I32, V128, I32, I32, I32, I32, V128, V128, V128, V128],
    body: when(get(rows), when(get(count), repeatWhile(fourRows, get(rows)))),
  };
}

/**
 * `rankTwo(a, stride, rows, count, y, v, u, z)`: a[r, j] += y[r] v[j] + u[r] z[j], sizes as for `dots`. The two products
 * are added first, so that a symmetric update (y = z, u = v) leaves a symmetric matrix symmetric to the bit.
 */
function rankTwoUpdate(): WasmFunction {
  const [a, stride, rows, count, y, v, u, z] = [0, 1, 2, 3, 4, 5, 6, 7];
  const [left, atV, atZ, x, w] = [8, 9, 10, 11, 12];
  const row = (i: number) => 13 + i;
  const yFactor = (i: number) => 17 + i;
  const uFactor = (i: number) => 21 + i;
  const columns: Code = [
    ...set(x, loadV128(get(atV))),
    ...set(w, loadV128(get(atZ))),
    ...ROWS.flatMap((i) => [
      ...storeV128(
        get(row(i)),
        addF64x2(
          loadV128(get(row(i))),
          addF64x2(mulF64x2(get(yFactor(i)), get(x)), mulF64x2(get(uFactor(i)), get(w))),
        ),
      ),
      ...set(row(i), addI32(get(row(i)), i32(16))),
    ]),
    ...[atV, atZ].flatMap((at) => set(at, addI32(get(at), i32(16)))),
    ...set(left, subI32(get(left), i32(2))),
  ];
  const fourRows: Code = [
    ...pointToRows(row, a, stride),
    ...ROWS.flatMap((i) => [
      ...set(yFactor(i), loadSplatF64(get(y), 8 * i)),
      ...set(uFactor(i), loadSplatF64(get(u), 8 * i)),
    ]),
    ...set(atV, get(v)),
    ...set(atZ, get(z)),
    ...set(left, get(count)),
    ...repeatWhile(columns, get(left)),
    ...[y, u].flatMap((at) => set(at, addI32(get(at), i32(32)))),
    ...set(rows, subI32(get(rows), i32(4))),
  ];
  return {
    name: "rankTwo",
    parameters: [I32, I32, I32, I32, I32, I32, I32, I32],
    locals: [I32, I32, I32, V128, V128, I32, I32, I32, I32, ...new Array<typeof V128>(8).fill(V128)],
    body: when(get(rows), when(get(count), repeatWhile(fourRows, get(rows)))),
  };
}

/** Points at four rows from `a` on, and moves `a` behind them. */
const pointToRows = (row: (i: number) => number, a: number, stride: number): Code =>
  ROWS.flatMap((i) => [...set(row(i), get(a)), ...set(a, addI32(get(a), get(stride)))]);

export interface SimdKernels {
  row(a: number, b: number, k: number, tiles: number, c: number, stride: number, scale: number): void;
  dots(a: number, stride: number, rows: number, count: number, v: number, y: number): void;
  combine(a: number, stride: number, rows: number, count: number, u: number, z: number): void;
  rankTwo(
    a: number,
    stride: number,
    rows: number,
    count: number,
    y: number,
    v: number,
    u: number,
    z: number,
  ): void;
}

/** 4 GiB: the most a 32-bit address reaches. */
export const MAX_PAGES = 65_536;

const KERNELS = [productRow(), rowDots(), rowCombination(), rankTwoUpdate()];

let compiled: WebAssembly.Module | undefined;

/** The kernels' module, assembled and compiled once a thread (about 1 ms). */
export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(assemble(KERNELS, MAX_PAGES));
  return compiled;
}

/** The kernels over one shared memory. */
export function instantiateKernels(memory: WebAssembly.Memory): SimdKernels {
  return new WebAssembly.Instance(kernelModule(), { env: { memory } }).exports as unknown as SimdKernels;
}
