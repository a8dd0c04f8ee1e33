/**
 * The kernels considered for float64 products, side by side: blocked JavaScript, WebAssembly SIMD (one thread and
 * shared), onnxruntime's matrix product. `npx tsx tests/bench/metrics/matrix-product.ts [d]`, GFlop a CPU second
 * and a wall second of A B^T for [d, d] operands.
 */
import { openOnnxGram } from "@/lib/encoders/onnx-gram";
import { simdGram } from "@/lib/numerics/gram";
import { seededRandom } from "@/lib/numerics/random";

const d = Number(process.argv[2] ?? 2048);
const random = seededRandom(1);
const [a, b] = [0, 1].map(() => Float64Array.from({ length: d * d }, () => random.normal()));

/** 4x4 sums in registers, 256 columns at a time: what plain JavaScript does best. */
function javascript(): Float64Array {
  const c = new Float64Array(d * d);
  for (let k = 0; k < d; k += 256) {
    for (let j = 0; j < d; j += 4) {
      for (let i = 0; i < d; i += 4) {
        const sums = new Float64Array(16);
        tile(sums, i * d + k, j * d + k, Math.min(256, d - k));
        for (let s = 0; s < 16; s++) c[(i + (s >> 2)) * d + j + (s & 3)] += sums[s];
      }
    }
  }
  return c;
}

function tile(sums: Float64Array, atA: number, atB: number, k: number): void {
  let s00 = 0, s01 = 0, s02 = 0, s03 = 0, s10 = 0, s11 = 0, s12 = 0, s13 = 0; // prettier-ignore
  let s20 = 0, s21 = 0, s22 = 0, s23 = 0, s30 = 0, s31 = 0, s32 = 0, s33 = 0; // prettier-ignore
  for (let p = 0; p < k; p++) {
    const x0 = a[atA + p], x1 = a[atA + d + p], x2 = a[atA + 2 * d + p], x3 = a[atA + 3 * d + p]; // prettier-ignore
    const y0 = b[atB + p], y1 = b[atB + d + p], y2 = b[atB + 2 * d + p], y3 = b[atB + 3 * d + p]; // prettier-ignore
    s00 += x0 * y0;
    s01 += x0 * y1;
    s02 += x0 * y2;
    s03 += x0 * y3; // prettier-ignore
    s10 += x1 * y0;
    s11 += x1 * y1;
    s12 += x1 * y2;
    s13 += x1 * y3; // prettier-ignore
    s20 += x2 * y0;
    s21 += x2 * y1;
    s22 += x2 * y2;
    s23 += x2 * y3; // prettier-ignore
    s30 += x3 * y0;
    s31 += x3 * y1;
    s32 += x3 * y2;
    s33 += x3 * y3; // prettier-ignore
  }
  sums.set([s00, s01, s02, s03, s10, s11, s12, s13, s20, s21, s22, s23, s30, s31, s32, s33]);
}

const one = await openOnnxGram({ threads: 1 });
const all = await openOnnxGram();
const kernels: [string, () => Float64Array | Promise<Float64Array>][] = [
  ["JavaScript on Float64Array", javascript],
  ["WebAssembly SIMD, shared between threads", () => simdGram(a, d, b, d, d)],
  ["onnxruntime, one thread", () => one(a, d, b, d, d)],
  ["onnxruntime, all cores", () => all(a, d, b, d, d)],
];
for (const [name, run] of kernels) {
  let best = { wall: Infinity, cpu: Infinity };
  for (let round = 0; round < 4; round++) {
    const cpu = process.cpuUsage();
    const start = performance.now();
    await run();
    const { user, system } = process.cpuUsage(cpu);
    const wall = (performance.now() - start) / 1000;
    if (wall < best.wall) best = { wall, cpu: (user + system) / 1e6 };
  }
  const work = (2 * d ** 3) / 1e9;
  console.log(
    `${name.padEnd(42)} ${(work / best.wall).toFixed(1).padStart(6)} GFlop/s  ${(work / best.cpu).toFixed(1).padStart(6)} per CPU second`,
  );
}
