/**
 * Fréchet distance at 2048 features against scipy and numpy, on the same rows, one after the other:
 * `npx tsx tests/bench/metrics/frechet.ts [d] [n]`. Needs a python3 with numpy and scipy (PYTHON names another).
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { onnxGram } from "@/lib/encoders/onnx-gram";
import { frechetDistance, gaussianOf, prepareReference } from "@/lib/metrics/frechet-distance";
import { momentsOf } from "@/lib/metrics/moments";
import { seededRandom } from "@/lib/numerics/random";

const d = Number(process.argv[2] ?? 2048);
const n = Number(process.argv[3] ?? 5000);
const folder = mkdtempSync(path.join(tmpdir(), "salon-bench-"));
interface Timed<T> {
  wall: number;
  /** Of all threads. */
  cpu: number;
  value: T;
}
/** Correlated rows of uneven variance, like an encoder's. */
function rows(seed: number, shift: number): Float64Array {
  const random = seededRandom(seed);
  const out = new Float64Array(n * d);
  for (let i = 0; i < n; i++) {
    const common = random.normal();
    for (let j = 0; j < d; j++) out[i * d + j] = shift + (0.1 + j / d) * random.normal() + 0.3 * common;
  }
  return out;
}
try {
  const [a, b] = [rows(1, 0), rows(2, 0.05)];
  for (const [name, data] of [
    ["a", a],
    ["b", b],
  ] as const) {
    writeFileSync(path.join(folder, `${name}.bin`), new Uint8Array(data.buffer));
  }
  const timed = async <T>(work: () => T | Promise<T>): Promise<Timed<T>> => {
    const [start, before] = [performance.now(), process.cpuUsage()];
    const value = await work();
    const { user, system } = process.cpuUsage(before);
    return { wall: (performance.now() - start) / 1000, cpu: (user + system) / 1e6, value };
  };
  const thrice = async (work: () => Promise<number>) => [
    await timed(work),
    await timed(work),
    await timed(work),
  ];
  const script = fileURLToPath(new URL("./frechet.py", import.meta.url));
  const python = spawnSync(process.argv[4] ?? "/usr/bin/python3", [script, folder, String(d)], {
    encoding: "utf8",
  });
  if (python.status !== 0) throw new Error(python.stderr);
  const table = python.stdout
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  const { wall: momentsTime, value: moments } = await timed(() => momentsOf(a, d));
  const first = gaussianOf(moments);
  const second = gaussianOf(momentsOf(b, d));
  const results = await thrice(() => frechetDistance(first, second, { kernel: onnxGram }));
  const prepared = await prepareReference(second, { kernel: onnxGram });
  const again = await thrice(() => frechetDistance(first, prepared, { kernel: onnxGram }));
  const median = (name: string, runs: Timed<number>[]) => {
    const { wall, cpu, value } = runs.sort((x, y) => x.wall - y.wall)[1];
    return [name, wall.toFixed(3), cpu.toFixed(3), value.toFixed(9)];
  };
  table.push(median("Salon, from two covariances (median of 3)", results));
  table.push(median("Salon, reference factored before", again));
  const sqrtm = Number(table[0][1]);
  console.log(`Fréchet distance, d = ${d}, n = ${n}; moments of one set ${momentsTime.toFixed(2)} s`);
  for (const [name, seconds, cpu, value] of table) {
    const ratio = (sqrtm / Number(seconds)).toFixed(2);
    console.log(`${name.padEnd(50)} ${seconds.padStart(8)} s  ${cpu.padStart(8)} s CPU  ${value}  ${ratio}x`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
