import type { VoteFilter, VoteStanding } from "@/lib/schemas/administration/vote-admin";
import type { Outcome } from "@/lib/schemas/battles";

export const STANDING_TEXTS: Record<VoteStanding, string> = {
  counted: "counts",
  held: "held back",
  excluded: "left out",
};

export const OUTCOME_TEXTS: Record<Outcome, string> = {
  left: "left won",
  right: "right won",
  tie: "tie",
  both_bad: "both bad",
};

/** The page of votes that a filter lets through, with what comes besides. */
export function votesAddress(filter: Partial<VoteFilter>, more: Record<string, string> = {}): string {
  const given = Object.entries({ ...filter, ...more }).filter(
    (entry): entry is [string, string] => !!entry[1],
  );
  return `/votes?${new URLSearchParams(given).toString()}`;
}
