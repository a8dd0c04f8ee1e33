import type { ClusteredVotes } from "@/lib/ratings/meat";
import { OUTCOMES } from "@/lib/ratings/outcome";
import { canonicalPair, countPairs, pairTable } from "@/lib/ratings/pair-counts";
import type { PairTable, PairVote } from "@/lib/ratings/pair-counts";

/** The parts of a vote whose repeats make votes dependent. */
export type ClusterLabel = "voter" | "prompt";

/**
 * A log as a pair table and, vote by vote, the columns that clustered covariance needs. A vote without a label
 * stands for itself: it is a cluster of one.
 */
export function voteColumns(
  votes: readonly PairVote[],
  labels: readonly ClusterLabel[],
  models: readonly string[] = [],
): { table: PairTable; votes: ClusteredVotes } {
  const table = pairTable(countPairs(votes), models);
  const n = table.models.length;
  const index = new Map(table.models.map((model, i) => [model, i]));
  const rowOf = new Map<number, number>();
  for (let i = 0; i < table.a.length; i++) rowOf.set(table.a[i] * n + table.b[i], i);

  const pair = new Int32Array(votes.length);
  const outcome = new Uint8Array(votes.length);
  const clusters = labels.map(() => new Int32Array(votes.length));
  const ids = labels.map(() => new Map<string, number>());
  const next = labels.map(() => 0);
  votes.forEach((vote, k) => {
    const sorted = canonicalPair(vote.a, vote.b, vote.outcome);
    pair[k] = rowOf.get(index.get(sorted.a)! * n + index.get(sorted.b)!)!;
    outcome[k] = OUTCOMES.indexOf(sorted.outcome);
    labels.forEach((label, l) => {
      const name = vote[label];
      let id = name === undefined ? undefined : ids[l].get(name);
      if (id === undefined) {
        id = next[l]++;
        if (name !== undefined) ids[l].set(name, id);
      }
      clusters[l][k] = id;
    });
  });
  return { table, votes: { pair, outcome, clusters } };
}
