/**
 * Time of refit + full covariance + rank spread from pair counts: growth with votes and with models, and beside
 * scikit-learn's logistic regression with bootstraps on the same million votes.
 *
 *   npx tsx tests/bench/ratings/refit.ts [bootstraps of scikit-learn = 100; 0 leaves it out]
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { sandwichCovariance } from "@/lib/ratings/covariance";
import { countPairs, pairTable } from "@/lib/ratings/pair-counts";
import type { PairCount } from "@/lib/ratings/pair-counts";
import { seededRandom } from "@/lib/numerics/random";
import { rankSpread } from "@/lib/ratings/rank-spread";
import { drawCounts, drawStrengths, drawVotes, nameOf, printTable } from "./simulate";

const BOOTSTRAPS = Number(process.argv[2] ?? 100);

interface Timing {
  fit: number;
  covariance: number;
  spread: number;
  total: number;
  /** Processor time of all threads: what a busy machine does not change. */
  cpu: number;
  gradientNorm: number;
}

function refit(counts: readonly PairCount[]): Timing {
  const cpuFrom = process.cpuUsage();
  const start = performance.now();
  const table = pairTable(counts);
  const fit = bradleyTerry(table);
  const fitted = performance.now();
  const covariance = sandwichCovariance(table, fit);
  const spreadFrom = performance.now();
  rankSpread(fit.theta, covariance);
  const end = performance.now();
  const cpu = process.cpuUsage(cpuFrom);
  return {
    fit: fitted - start,
    covariance: spreadFrom - fitted,
    spread: end - spreadFrom,
    total: end - start,
    cpu: (cpu.user + cpu.system) / 1000,
    gradientNorm: fit.gradientNorm,
  };
}

/** The run of median total out of five, after one to warm up. */
function median(counts: readonly PairCount[]): Timing {
  refit(counts);
  return Array.from({ length: 5 }, () => refit(counts)).sort((x, y) => x.total - y.total)[2];
}

console.log(
  `${cpus().length} x ${cpus()[0].model}, Node ${process.versions.node}; median of 5, milliseconds\n`,
);
const rows: (string | number)[][] = [];
for (const [models, votes] of [
  [200, 1e5],
  [200, 1e6],
  [200, 1e7],
  [200, 1e8],
  [50, 1e7],
  [100, 1e7],
  [400, 1e7],
]) {
  const timing = median(drawCounts(drawStrengths(models, 0.6, 1), votes, seededRandom(2), 0.2));
  const ms = (x: number): string => x.toFixed(1);
  rows.push([
    models,
    votes.toExponential(0),
    ms(timing.fit),
    ms(timing.covariance),
    ms(timing.spread),
    ms(timing.total),
    ms(timing.cpu),
    timing.gradientNorm.toExponential(1),
  ]);
}
printTable(["models", "votes", "fit", "covariance", "rank spread", "total", "CPU", "|gradient|"], rows);

if (BOOTSTRAPS > 0) {
  const votes = drawVotes(drawStrengths(200, 0.6, 1), 1_000_000, seededRandom(3));
  const [, counting] = Array.from({ length: 3 }, () => {
    const cpuFrom = process.cpuUsage();
    const start = performance.now();
    countPairs(votes);
    const used = process.cpuUsage(cpuFrom);
    return { wall: performance.now() - start, cpu: (used.user + used.system) / 1000 };
  }).sort((x, y) => x.cpu - y.cpu);
  const counts = countPairs(votes);
  const { total, cpu } = median(counts);
  console.log("\n1,000,000 votes, 200 models, milliseconds by the clock (processor time)");
  console.log(
    `counting ${counting.wall.toFixed(0)} (${counting.cpu.toFixed(0)}), then ${total.toFixed(0)} (${cpu.toFixed(0)})`,
  );

  const folder = mkdtempSync(path.join(tmpdir(), "salon-bench-"));
  const number = new Map(Array.from({ length: 200 }, (_, i) => [nameOf(i), i]));
  const rows = Int16Array.from(
    votes.flatMap((v) => [number.get(v.a)!, number.get(v.b)!, v.outcome === "a" ? 1 : 0]),
  );
  writeFileSync(path.join(folder, "votes.i16"), Buffer.from(rows.buffer));
  const { theta } = bradleyTerry(pairTable(counts));
  writeFileSync(path.join(folder, "theta.f64"), Buffer.from(theta.buffer));
  const script = fileURLToPath(new URL("sklearn_bootstrap.py", import.meta.url));
  const child = spawnSync("/usr/bin/python3", [script, folder, String(BOOTSTRAPS)], { encoding: "utf8" });
  rmSync(folder, { recursive: true });
  console.log(child.stdout + child.stderr);
  const [wall, theirs] = ["total seconds", "CPU seconds"].map((name) =>
    Number(new RegExp(`${name} ([\\d.]+)`).exec(child.stdout)?.[1]),
  );
  const times = (x: number): string => `${x.toFixed(0)} times`;
  console.log("scikit-learn / this, by the clock and by processor time");
  console.log(
    `counting the rows included: ${times((1000 * wall) / (counting.wall + total))}, ${times((1000 * theirs) / (counting.cpu + cpu))}`,
  );
  console.log(`from the pair counts: ${times((1000 * wall) / total)}, ${times((1000 * theirs) / cpu)}`);
}
