import { createHash } from "node:crypto";
import { canonicalPair, compareIds, mergePairCounts } from "./pair-counts";
import type { PairCount, PairVote } from "./pair-counts";
import type { SnapshotOptions } from "./snapshot";

/** Names the whole method; it changes whenever the same votes could give another number. */
export const METHODOLOGY_VERSION = "salon-ratings-3";

/** sha256 (hex) of a counted board: the same for any order or orientation of the rows. */
export function hashInputs(
  counts: readonly PairCount[],
  models: readonly string[],
  options: SnapshotOptions,
): string {
  const rows = mergePairCounts(counts).map((row) => [
    row.a,
    row.b,
    row.winsA,
    row.winsB,
    row.ties,
    row.bothBad,
  ]);
  return hashLines(
    rows.map((row) => JSON.stringify(row)),
    models,
    options,
  );
}

/** sha256 (hex) of a log: labels are hashed as given, so give the pseudonyms that the public export carries. */
export function hashVotes(
  votes: readonly PairVote[],
  models: readonly string[],
  options: SnapshotOptions,
): string {
  const lines = votes.map((vote) => {
    const { a, b, outcome } = canonicalPair(vote.a, vote.b, vote.outcome);
    return JSON.stringify([a, b, outcome, vote.voter ?? null, vote.prompt ?? null]);
  });
  return hashLines(lines.sort(compareIds), models, options);
}

/** sha256 (hex) of whatever lines a fit was made from, under the methodology, its options and its models. */
export function hashLines(
  lines: readonly string[],
  models: readonly string[],
  options: SnapshotOptions,
): string {
  const keys = Object.keys(options).sort() as (keyof SnapshotOptions)[];
  const chosen = keys.filter((key) => options[key] !== undefined).map((key) => [key, options[key]]);
  const hash = createHash("sha256");
  hash.update(`${METHODOLOGY_VERSION}\n${JSON.stringify(chosen)}\n`);
  hash.update(`${JSON.stringify([...new Set(models)].sort(compareIds))}\n`);
  for (const line of lines) hash.update(`${line}\n`);
  return hash.digest("hex");
}
