import { estimateOf } from "@/lib/metrics/estimate";
import { wilsonInterval } from "@/lib/numerics/wilson-interval";
import { scoreOf, type Outcome } from "@/lib/ratings/outcome";

/** A battle that people voted on and a judge gave a verdict on. */
export interface JudgedVote {
  /** What the person said: `a` is the left sample. */
  outcome: Outcome;
  /** The judge's share for the left sample, [0, 1], over both orders; 0.5 is a tie. */
  judge: number;
  /** Votes on one prompt are not independent: intervals are by prompt. */
  prompt: string;
}

/** A share or coefficient with its 95% interval. */
export interface Figure {
  value: number;
  low: number;
  high: number;
  /** Votes, verdicts or trials it is of. */
  n: number;
}

/** How near to an even verdict a judge's share still counts as "no preference". */
export const EVEN = 0.05;

/**
 * Share of decided votes (ties left out, both of the person's and of the judge's) on which the judge prefers what the person
 * preferred. The interval is cluster-robust by prompt.
 * @returns null below two prompts
 */
export function accuracyWithoutTies(votes: readonly JudgedVote[]): Figure | null {
  const decided = votes.filter(
    ({ outcome, judge }) => scoreOf(outcome) !== 0.5 && preference(judge) !== "tie",
  );
  return clusteredShare(
    decided.map(({ outcome, judge, prompt }) => ({ hit: preference(judge) === outcome ? 1 : 0, prompt })),
  );
}

/**
 * Cohen's kappa of person and judge over left / right / no preference (ties and both bad together): agreement beyond what
 * their own leanings would give by chance (Cohen 1960). The interval is by the linearised statistic, cluster-robust by prompt.
 * @returns null below two prompts, or where chance agreement is already whole (all votes alike)
 */
export function cohensKappa(votes: readonly JudgedVote[]): Figure | null {
  const names = ["a", "b", "tie"] as const;
  const n = votes.length;
  const person = new Float64Array(3);
  const judge = new Float64Array(3);
  const pairs = votes.map(({ outcome, judge: share, prompt }) => {
    const [i, j] = [
      names.indexOf(outcome === "both_bad" ? "tie" : outcome),
      names.indexOf(preference(share)),
    ];
    person[i] += 1 / n;
    judge[j] += 1 / n;
    return { i, j, prompt };
  });
  const observed = pairs.filter(({ i, j }) => i === j).length / n;
  const expected = names.reduce((sum, _, k) => sum + person[k] * judge[k], 0);
  if (n === 0 || expected > 1 - 1e-12) return null;
  const kappa = (observed - expected) / (1 - expected);
  // Derivative of kappa by one vote's weight: its own agreement, and what it adds to both leanings.
  const pull = pairs.map(({ i, j, prompt }) => {
    const own = (i === j ? 1 : 0) - observed;
    const leaning = judge[i] + person[j] - 2 * expected;
    return { value: (own - (1 - kappa) * leaning) / (1 - expected), prompt };
  });
  return clustered(kappa, pull, [-1, 1]);
}

/** Which side a judge's share prefers. */
export function preference(share: number): "a" | "b" | "tie" {
  if (Math.abs(share - 0.5) <= EVEN) return "tie";
  return share > 0.5 ? "a" : "b";
}

/** A share of hits with an interval that lets trials on one prompt depend on each other; null below two prompts. */
export function clusteredShare(trials: readonly { hit: number; prompt: string }[]): Figure | null {
  if (trials.length === 0) return null;
  const share = trials.reduce((sum, { hit }) => sum + hit, 0) / trials.length;
  const prompts = new Set(trials.map(({ prompt }) => prompt)).size;
  if (prompts < 2) return null;
  // All alike, the spread between prompts is 0 and says nothing: a score interval over prompts does.
  if (share === 0 || share === 1) return { ...wilsonInterval(share * prompts, prompts), n: trials.length };
  return clustered(
    share,
    trials.map(({ hit, prompt }) => ({ value: hit - share, prompt })),
    [0, 1],
  );
}

/** value -+ t sd / sqrt(clusters) from centred pulls, summed within each prompt. */
function clustered(
  value: number,
  pulls: readonly { value: number; prompt: string }[],
  range: [number, number],
): Figure | null {
  const sums = new Map<string, number>();
  for (const { value: pull, prompt } of pulls) sums.set(prompt, (sums.get(prompt) ?? 0) + pull);
  if (sums.size < 2) return null;
  const scale = sums.size / pulls.length;
  const influence = Float64Array.from(sums.values(), (sum) => sum * scale);
  const { low, high } = estimateOf(value, influence, { range });
  return { value, low, high, n: pulls.length };
}
