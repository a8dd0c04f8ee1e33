/** What people's decisive votes say of two samples of one prompt, over all their battles and both orders of showing. */
export interface PreferenceCounts {
  /** Votes for the sample whose id sorts first. */
  first: number;
  second: number;
}

export interface Preference {
  chosen: "first" | "second";
  chosenVotes: number;
  rejectedVotes: number;
}

/** Which of two samples people chose, by how many votes for each; null where as many chose the one as the other. */
export function mergePreference({ first, second }: PreferenceCounts): Preference | null {
  if (first === second) return null;
  return first > second
    ? { chosen: "first", chosenVotes: first, rejectedVotes: second }
    : { chosen: "second", chosenVotes: second, rejectedVotes: first };
}
