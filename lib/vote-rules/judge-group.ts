import { abandonment } from "@/lib/vote-rules/abandonment";
import { consensus } from "@/lib/vote-rules/consensus";
import type { Crowd } from "@/lib/vote-rules/crowd";
import { decisionTime } from "@/lib/vote-rules/decision-time";
import { byVoter, type RuleFinding, type VoteGroup } from "@/lib/vote-rules/group";
import { modelShare } from "@/lib/vote-rules/model-share";
import { newcomerBurst } from "@/lib/vote-rules/newcomer-burst";
import { stuffersAmong } from "@/lib/vote-rules/stuffers-among";

/** All rules, those that need the fewest votes first, each with what the public log says of the votes it holds back. */
export const VOTE_RULES = {
  decision_time: { says: "held back: given faster than anyone can look", find: decisionTime },
  newcomer_burst: { says: "held back: a burst of voters for one battle each", find: newcomerBurst },
  abandonment: { says: "held back: battles left until one model appeared", find: abandonment },
  model_share: { says: "held back: for or against one model far beyond others", find: modelShare },
  stuffers_among: { says: "held back: among others, for or against one model alone", find: stuffersAmong },
  consensus: { says: "held back: no more in line with others than chance", find: consensus },
} as const satisfies Record<
  string,
  { says: string; find: (group: VoteGroup, crowd: Crowd) => RuleFinding | null }
>;

export type RuleName = keyof typeof VOTE_RULES;

export type Judgement = RuleFinding & {
  rule: RuleName;
  /** Whose votes are to be held back. */
  voters: ReadonlySet<string>;
};

/**
 * What the rules find in a group, and whose votes go with it: those of the voters whose own battles show it; all of the
 * group's, where what is left still shows it. So one stuffer behind a school's address does not silence the school, and
 * spreading the votes over many voters who each look harmless does not help.
 */
export function judgeGroup(group: VoteGroup, crowd: Crowd): Judgement[] {
  const judgements: Judgement[] = [];
  let rest = group;
  for (const rule of Object.keys(VOTE_RULES) as RuleName[]) {
    const { find } = VOTE_RULES[rule];
    const finding = find(rest, crowd);
    if (finding === null) continue;
    const spared = without(rest, finding.suspects);
    const isAll = find(spared, crowd) !== null;
    const voters = isAll ? new Set(byVoter(rest.battles).keys()) : finding.suspects;
    judgements.push({ ...finding, rule, voters });
    rest = without(rest, voters);
  }
  return judgements;
}

function without(group: VoteGroup, voters: ReadonlySet<string>): VoteGroup {
  return { ...group, battles: group.battles.filter(({ voterId }) => !voters.has(voterId)) };
}
