/**
 * Rank spreads over simulated logs: their mean width, how often a model's true rank lies in its spread, and how
 * often all true ranks do at once.
 *
 *   npx tsx tests/bench/ratings/rank-coverage.ts [logs = 2000]
 */
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { sandwichCovariance } from "@/lib/ratings/covariance";
import { pairTable } from "@/lib/ratings/pair-counts";
import { seededRandom } from "@/lib/numerics/random";
import { rankSpread } from "@/lib/ratings/rank-spread";
import type { RankSpreadMethod } from "@/lib/ratings/rank-spread";
import { drawCounts, drawStrengths, percent, printTable } from "./simulate";

const LOGS = Number(process.argv[2] ?? 2000);
const MODELS = 30;
const METHODS: RankSpreadMethod[] = ["pairwise", "overlap", "holm", "max-t"];

for (const [votes, sd] of [
  [6000, 0.4],
  [30_000, 0.4],
  [30_000, 0.15],
]) {
  const theta = drawStrengths(MODELS, sd, 7);
  const truth = Array.from(theta, (t) => 1 + theta.filter((other) => other > t).length);
  const rows = METHODS.map((method) => {
    let [width, inside, together] = [0, 0, 0];
    for (let log = 0; log < LOGS; log++) {
      const table = pairTable(drawCounts(theta, votes, seededRandom(50 + log)));
      const fit = bradleyTerry(table);
      const { low, high } = rankSpread(fit.theta, sandwichCovariance(table, fit), { method, seed: log });
      let all = true;
      for (let i = 0; i < MODELS; i++) {
        width += high[i] - low[i] + 1;
        if (low[i] <= truth[i] && truth[i] <= high[i]) inside++;
        else all = false;
      }
      if (all) together++;
    }
    return [
      method,
      (width / (LOGS * MODELS)).toFixed(2),
      percent(inside / (LOGS * MODELS), 2),
      percent(together / LOGS),
    ];
  });
  console.log(`\n${MODELS} models, strengths of SD ${sd} logits, ${votes} votes a log, ${LOGS} logs`);
  printTable(["method", "mean width", "true rank inside", "all true ranks inside"], rows);
}
