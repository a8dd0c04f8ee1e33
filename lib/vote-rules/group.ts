import type { Outcome } from "@/lib/ratings/outcome";

/** A battle that was handed to somebody of a group, and the vote on it. */
export type GroupBattle = {
  voterId: string;
  left: string;
  right: string;
  /** a is the left side; null: left without a vote. */
  outcome: Outcome | null;
  /** null: no vote, or not known. */
  decisionMs: number | null;
  /** When it was handed out, milliseconds since 1970. */
  at: number;
  /** Whether the crowd's counts (crowd.ts) have its vote. */
  inCrowd: boolean;
};

export type GroupKind = "voter" | "address" | "network";

/** What came from one voter, from one address or from one network, on one board. */
export type VoteGroup = {
  kind: GroupKind;
  battles: readonly GroupBattle[];
  /** Battles handed out before, milliseconds since 1970, are there only if they have a vote: others are thinned. */
  completeSince: number;
};

/** What a rule found in a group. */
export type RuleFinding = {
  /** The model the votes speak for or against, where the rule is about one. */
  modelId: string | null;
  /** The numbers it went by, by name. */
  evidence: Record<string, number>;
  /** Voters whose own battles show it. */
  suspects: ReadonlySet<string>;
};

/** What a battle's vote says of one of its two models; null: no vote, or a model that is not in it. */
export function resultFor(battle: GroupBattle, model: string): "win" | "loss" | "draw" | null {
  if (battle.outcome === null || (battle.left !== model && battle.right !== model)) return null;
  if (battle.outcome === "both_bad") return "loss";
  if (battle.outcome === "tie") return "draw";
  return (battle.outcome === "a") === (battle.left === model) ? "win" : "loss";
}

/** A group's battles by voter. */
export function byVoter(battles: readonly GroupBattle[]): Map<string, GroupBattle[]> {
  const voters = new Map<string, GroupBattle[]>();
  for (const battle of battles) {
    const own = voters.get(battle.voterId);
    if (own) own.push(battle);
    else voters.set(battle.voterId, [battle]);
  }
  return voters;
}

/** Voters of whom something holds, by their own battles. */
export function votersWho(
  battles: readonly GroupBattle[],
  holds: (own: readonly GroupBattle[]) => boolean,
): Set<string> {
  return new Set([...byVoter(battles)].filter(([, own]) => holds(own)).map(([voterId]) => voterId));
}

/** All models of a group's battles, in one order. */
export function modelsOf(battles: readonly GroupBattle[]): string[] {
  return [...new Set(battles.flatMap(({ left, right }) => [left, right]))].sort();
}
