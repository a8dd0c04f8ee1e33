import type { VoteOutcome } from "@/lib/db/generated/enums";
import type { Outcome as PairOutcome } from "@/lib/ratings/outcome";
import type { Outcome } from "@/lib/schemas/battles";

/** One vote's three spellings, in one table: public API, database, ratings (a is the left side). */
const SPELLINGS = [
  ["left", "LEFT", "a"],
  ["right", "RIGHT", "b"],
  ["tie", "TIE", "tie"],
  ["both_bad", "BOTH_BAD", "both_bad"],
] as const satisfies readonly (readonly [Outcome, VoteOutcome, PairOutcome])[];

const find = (outcome: string) =>
  SPELLINGS.find((spellings) => (spellings as readonly string[]).includes(outcome))!;

export const toStoredOutcome = (outcome: Outcome): VoteOutcome => find(outcome)[1];
export const toPublicOutcome = (outcome: VoteOutcome): Outcome => find(outcome)[0];
export const toPairOutcome = (outcome: Outcome | VoteOutcome): PairOutcome => find(outcome)[2];
