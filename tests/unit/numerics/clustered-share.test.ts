import { expect, test } from "vitest";
import { clusteredShare } from "@/lib/numerics/clustered-share";
import { seededRandom } from "@/lib/numerics/random";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";

const spread = ({ low, high }: { low: number; high: number }) => high - low;
const labels = (n: number, of: number) => Array.from({ length: n }, (_, at) => String(at % of));

test("without groups, or with too few to compare, it is Wilson's interval", () => {
  const scores = [1, 1, 0, 1, 0, 0, 1, 1, 1, 1];
  const wilson = wilsonInterval(7, 10);
  for (const groupings of [[], [labels(10, 1)], [labels(10, 3)]]) {
    const { low, high, used } = clusteredShare(scores, groupings);
    expect(low).toBeCloseTo(wilson.low, 12);
    expect(high).toBeCloseTo(wilson.high, 12);
    expect(used).toEqual([]);
  }
  expect(() => clusteredShare([])).toThrow(RangeError);
});

test("groups that speak with one voice widen it, and votes that are all alike count once a group", () => {
  const voters = labels(60, 6);
  const alike = voters.map((voter) => (Number(voter) < 3 ? 1 : 0));
  const mixed = voters.map((_, at) => (at < 30 ? 1 : 0));
  expect(spread(clusteredShare(alike, [voters]))).toBeGreaterThan(
    2 * spread(clusteredShare(mixed, [voters])),
  );
  const ones = voters.map(() => 1);
  const { value, low, high } = clusteredShare(ones, [voters]);
  expect([value, high]).toEqual([1, 1]);
  expect(low).toBeLessThan(wilsonInterval(6, 6).low);
});

test("it never claims more than independent votes do, whoever gave them", () => {
  const random = seededRandom(3);
  for (let round = 0; round < 200; round++) {
    const n = 8 + random.below(60);
    const scores = Array.from({ length: n }, () => random.below(2));
    const { low, high } = clusteredShare(scores, [labels(n, 4 + random.below(10)), labels(n, 7)]);
    const wilson = wilsonInterval(
      scores.reduce((sum, score) => sum + score, 0),
      n,
    );
    expect(high - low).toBeGreaterThanOrEqual(wilson.high - wilson.low - 1e-9);
  }
});

/**
 * Votes of voters who lean one way and on prompts that do: each voter votes on some of 40 prompts, one a prompt. The truth is the share
 * that voters and prompts like these would give.
 */
function simulate(
  seed: number,
  world: { mean: number; voters: number; each: number; lean: [number, number]; ties: number },
) {
  // prettier-ignore
  const random = seededRandom(seed);
  const PROMPTS = 40;
  const easy = Array.from({ length: PROMPTS }, () => world.lean[1] * random.normal());
  const scores: number[] = [];
  const [voters, prompts]: [string[], string[]] = [[], []];
  for (let voter = 0; voter < world.voters; voter++) {
    const leans = world.lean[0] * random.normal();
    const votes = Math.max(1, Math.round(world.each * (0.5 + random.uniform())));
    const start = random.below(PROMPTS);
    for (let at = 0; at < votes; at++) {
      const prompt = (start + at) % PROMPTS;
      const win = 1 / (1 + Math.exp(-(world.mean + leans + easy[prompt])));
      scores.push(random.uniform() < world.ties ? 0.5 : random.uniform() < win ? 1 : 0);
      voters.push(String(voter));
      prompts.push(String(prompt));
    }
  }
  const single = wilsonInterval(
    scores.reduce((sum, score) => sum + score, 0),
    scores.length,
  );
  return { clustered: clusteredShare(scores, [voters, prompts]), single };
}

function truth(mean: number, [voters, prompts]: [number, number], ties: number): number {
  const random = seededRandom(11);
  let sum = 0;
  for (let i = 0; i < 50_000; i++)
    sum += 1 / (1 + Math.exp(-(mean + Math.hypot(voters, prompts) * random.normal())));
  return ties / 2 + ((1 - ties) * sum) / 50_000;
}

test("it covers the share of further voters and prompts 95 times in 100, from four voters on, where single votes' interval does not", () => {
  const TIMES = 400;
  let lowest = 1;
  for (const lean of [
    [0, 0],
    [0.7, 0.7],
    [1.2, 1],
  ] as [number, number][])
    // prettier-ignore
    for (const mean of [0, 2])
      for (const [voters, each] of [[4, 25], [10, 12], [50, 6]]) { // prettier-ignore
        const ties = 0.1;
        const share = truth(mean, lean, ties);
        const holds = ({ low, high }: { low: number; high: number }) => low <= share && share <= high;
        let [covered, bySingle] = [0, 0];
        for (let seed = 0; seed < TIMES; seed++) {
          const { clustered, single } = simulate(1 + seed, { mean, voters, each, lean, ties });
          if (holds(clustered)) covered++;
          if (holds(single)) bySingle++;
        }
        lowest = Math.min(lowest, covered / TIMES);
        const world = JSON.stringify({ lean, mean, voters });
        expect(covered / TIMES, world).toBeGreaterThanOrEqual(0.92);
        if (lean[0] > 1) expect(bySingle / TIMES, world).toBeLessThan(0.9);
      }
  console.log(`Least coverage of 18 worlds, ${TIMES} times each: ${(100 * lowest).toFixed(1)}%`);
});
