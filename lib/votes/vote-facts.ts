import type { BattleState } from "@/lib/db/generated/enums";
import type { Hold } from "@/lib/votes/change-votes";

/** What decides what a vote on a battle does, as the function vote_facts reads it (migration fresh_facts_of_votes). */
export type VoteFacts = {
  boardId: string;
  voterId: string;
  state: BattleState;
  leftModelId: string;
  rightModelId: string;
  category: string;
  /** Milliseconds since 1970. */
  handedOutAt: number;
  /** What the board asks besides which is better overall. */
  criteria: string[];
  countsLiveVotes: boolean;
  /** Its prompt has left the arena. */
  isRetired: boolean;
  isVoted: boolean;
  /** The voter is new, and the board strict. */
  waits: boolean;
  /** A rule holds back other votes of this voter on the board. */
  hold: Hold | null;
};
