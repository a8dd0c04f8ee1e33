import type { CovariateVote } from "./covariates";
import { cholesky, choleskySolve } from "@/lib/numerics/small-matrices";

/** Why a covariate is not fitted. */
export type LeftOutReason = "never differs" | "goes with the model" | "goes with the others";

/** A covariate keeps at least this share of its variation once models and earlier covariates are taken out. */
const OWN_SHARE = 0.01;

/**
 * Which covariates the votes can tell apart from the models and from each other. A feature that each model always has
 * alike (every image 64 x 64) differs with the model and with nothing else: a coefficient would be a guess of the
 * ridge. Each covariate is regressed on the models' indicators and on the covariates kept before it.
 *
 * @param names one a difference of each vote, the most wanted first: of two that say the same, the first stays.
 * @returns names kept, in order, and the others with the reason
 */
export function identifiable(
  votes: readonly CovariateVote[],
  names: readonly string[],
): { kept: string[]; leftOut: { name: string; reason: LeftOutReason }[] } {
  const p = names.length;
  const { total, rest } = residualGram(votes, p);
  const kept: string[] = [];
  const leftOut: { name: string; reason: LeftOutReason }[] = [];
  const alone = Float64Array.from({ length: p }, (_, k) => rest[k * p + k]);
  names.forEach((name, k) => {
    const pivot = rest[k * p + k];
    if (total[k] === 0) leftOut.push({ name, reason: "never differs" });
    else if (alone[k] < OWN_SHARE * total[k]) leftOut.push({ name, reason: "goes with the model" });
    else if (pivot < OWN_SHARE * total[k]) leftOut.push({ name, reason: "goes with the others" });
    else {
      kept.push(name);
      // Take it out of those that follow.
      const row = rest.slice(k * p, (k + 1) * p);
      for (let i = k + 1; i < p; i++)
        for (let j = k + 1; j < p; j++) rest[i * p + j] -= (row[i] * row[j]) / pivot;
    }
  });
  return { kept, leftOut };
}

/** Squares of the covariates, and their Gram matrix (p by p) once the models' indicators are taken out. */
function residualGram(
  votes: readonly CovariateVote[],
  p: number,
): { total: Float64Array; rest: Float64Array } {
  const index = new Map<string, number>();
  for (const { a, b } of votes)
    for (const model of [a, b]) if (!index.has(model)) index.set(model, index.size);
  const n = index.size;
  const models = new Float64Array(n * n);
  const mixed = Array.from({ length: p }, () => new Float64Array(n));
  const gram = new Float64Array(p * p);
  for (const { a, b, differences } of votes) {
    const [i, j] = [index.get(a)!, index.get(b)!];
    models[i * n + i]++;
    models[j * n + j]++;
    models[i * n + j]--;
    models[j * n + i]--;
    for (let k = 0; k < p; k++) {
      mixed[k][i] += differences[k];
      mixed[k][j] -= differences[k];
      for (let l = 0; l < p; l++) gram[k * p + l] += differences[k] * differences[l];
    }
  }
  const total = Float64Array.from({ length: p }, (_, k) => gram[k * p + k]);
  // Strengths are known but for a shift of each component: a trace of ridge settles it and changes nothing else.
  for (let i = 0; i < n; i++) models[i * (n + 1)] += 1e-9 * (1 + votes.length / Math.max(1, n));
  const factor = cholesky(models, n);
  if (factor === null) return { total, rest: gram };
  const solved = mixed.map((column) => choleskySolve(factor, column));
  for (let k = 0; k < p; k++)
    for (let l = 0; l < p; l++) gram[k * p + l] -= mixed[k].reduce((sum, x, i) => sum + x * solved[l][i], 0);
  return { total, rest: gram };
}
