import fc from "fast-check";
import { OUTCOMES } from "@/lib/ratings/outcome";
import type { PairVote } from "@/lib/ratings/pair-counts";
import { seededRandom } from "@/lib/numerics/random";
import { sigmoid } from "@/lib/ratings/scale";

/** Vote logs over a few models, from sparse (separated, disconnected) to dense. */
export const voteLogs = fc
  .record({
    models: fc.integer({ min: 2, max: 6 }),
    seed: fc.integer(),
    votes: fc.integer({ min: 1, max: 120 }),
  })
  .map(({ models, seed, votes }) => randomLog(models, votes, seed));

/** Logs whose every model has a tie with the next: always strongly connected. */
export const connectedLogs = voteLogs.map((log): PairVote[] => {
  const models = [...new Set(log.flatMap((vote) => [vote.a, vote.b]))].sort();
  return [...log, ...models.slice(1).map((b, i): PairVote => ({ a: models[i], b, outcome: "tie" }))];
});

export function randomLog(models: number, votes: number, seed: number, spacing = 0.4): PairVote[] {
  const random = seededRandom(seed);
  return Array.from({ length: votes }, (_, k): PairVote => {
    const i = random.below(models);
    const j = (i + 1 + random.below(models - 1)) % models;
    const u = random.uniform();
    const decided = random.uniform() < sigmoid(spacing * (i - j)) ? 0 : 1;
    const outcome = OUTCOMES[u < 0.15 ? 2 : u < 0.25 ? 3 : decided];
    return { a: `m${i}`, b: `m${j}`, outcome, voter: `v${k % 7}`, prompt: `p${random.below(11)}` };
  });
}
