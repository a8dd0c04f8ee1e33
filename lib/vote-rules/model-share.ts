import { binomialUpperTail } from "@/lib/numerics/discrete-tails";
import { logit, sigmoid } from "@/lib/ratings/scale";
import { speaks, type Crowd, type Direction } from "@/lib/vote-rules/crowd";
import { byVoter, modelsOf, type RuleFinding, type VoteGroup } from "@/lib/vote-rules/group";
import { probableStuffers, stuffingEvidence } from "@/lib/vote-rules/stuffing-evidence";

/** Chance of catching, at one look, a group that is as partial as is allowed for; shared by its models and directions. */
const ALPHA = 1e-4;
/** How far people's liking of one model may lie from the crowd's, in log-odds: one voter's, and many voters' on average. */
const ONE_VOTER = 1.5;
const MANY_VOTERS = 0.3;
const FEWEST_VOTES = 8;

/**
 * Do a group's votes go for (or against) one model, when it is shown, far more often than other people's? A binomial test
 * against the most that the crowd's share may well be, plus the partiality of honest people: 1.5 in log-odds for one
 * voter, less for the mean of several.
 */
export function modelShare(group: VoteGroup, crowd: Crowd): RuleFinding | null {
  const others = crowd.without(group);
  const models = modelsOf(group.battles);
  let found: (RuleFinding & { p: number }) | null = null;
  for (const model of models) {
    for (const direction of ["for", "against"] as const) {
      const { votes, hits, voters } = countVotes(group, model, direction);
      if (votes < FEWEST_VOTES) continue;
      const share = others.share(model, direction);
      const partiality = MANY_VOTERS + (ONE_VOTER - MANY_VOTERS) / Math.sqrt(voters);
      const allowed = sigmoid(logit(Math.min(share.high, 0.99)) + partiality);
      if (hits <= votes * allowed) continue;
      const p = binomialUpperTail(hits, votes, allowed);
      if (p >= ALPHA / (2 * models.length) || p >= (found?.p ?? 1)) continue;
      const evidence = {
        votes,
        [direction]: hits,
        crowdVotes: share.votes,
        crowdShare: share.value,
        allowedShare: allowed,
        p,
      };
      const ratios = [...byVoter(group.battles)].map(
        ([id, own]) => [id, stuffingEvidence(own, model, direction, Math.min(share.high, 0.95))] as const,
      );
      const suspects = probableStuffers(new Map(ratios));
      found = { p, modelId: model, evidence, suspects };
    }
  }
  return found && { modelId: found.modelId, evidence: found.evidence, suspects: found.suspects };
}

/** Votes on a model, those that go its way, and of how many voters they are, one with most of them counting for about one. */
function countVotes(group: VoteGroup, model: string, direction: Direction) {
  let [votes, hits, squares] = [0, 0, 0];
  for (const own of byVoter(group.battles).values()) {
    const said = own.map((battle) => speaks(battle, model, direction)).filter((spoke) => spoke !== null);
    votes += said.length;
    hits += said.filter(Boolean).length;
    squares += said.length ** 2;
  }
  return { votes, hits, voters: votes === 0 ? 1 : votes ** 2 / squares };
}
