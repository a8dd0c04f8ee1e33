/**
 * Fréchet distance at 2048 features against scipy and numpy, on the same rows, one after the other:
 * `npx tsx tests/bench/metrics/frechet.ts [d] [n]`. Needs a python3 with numpy and scipy (PYTHON names another).
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { frechetDistance, gaussianOf, prepareReference } from "@/lib/metrics/frechet-distance";
import { momentsOf } from "@/lib/metrics/moments";
import { seededRandom } from "@/lib/ratings/random";

const d = Number(process.argv[2] ?? 2048);
const n = Number(process.argv[3] ?? 5000);
const folder = mkdtempSync(path.join(tmpdir(), "salon-bench-"));
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
  const timed = <T>(work: () => T): [number, T] => {
    const start = performance.now();
    const value = work();
    return [(performance.now() - start) / 1000, value];
  };
  const script = fileURLToPath(new URL("./frechet.py", import.meta.url));
  const python = spawnSync(process.argv[4] ?? "/usr/bin/python3", [script, folder, String(d)], {
    encoding: "utf8",
  });
  if (python.status !== 0) throw new Error(python.stderr);
  const table = python.stdout
    .trim()
    .split("\n")
    .map((line) => line.split("\t"));
  const [momentsTime, moments] = timed(() => momentsOf(a, d));
  const first = gaussianOf(moments);
  const second = gaussianOf(momentsOf(b, d));
  const results = [0, 1, 2].map(() => timed(() => frechetDistance(first, second)));
  const prepared = prepareReference(second);
  const again = [0, 1, 2].map(() => timed(() => frechetDistance(first, prepared)));
  const median = (times: [number, number][]) => times.map(([time]) => time).sort((x, y) => x - y)[1];
  table.push([
    "Salon, from two covariances (median of 3)",
    median(results).toFixed(3),
    results[0][1].toFixed(9),
  ]);
  table.push(["Salon, reference factored before", median(again).toFixed(3), again[0][1].toFixed(9)]);
  const sqrtm = Number(table[0][1]);
  console.log(`Fréchet distance, d = ${d}, n = ${n}; moments of one set ${momentsTime.toFixed(2)} s`);
  for (const [name, seconds, value] of table) {
    console.log(
      `${name.padEnd(50)} ${seconds.padStart(8)} s  ${value}  ${(sqrtm / Number(seconds)).toFixed(2)}x`,
    );
  }
} finally {
  rmSync(folder, { recursive: true });
}
