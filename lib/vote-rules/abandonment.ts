import { hypergeometricUpperTail } from "@/lib/numerics/discrete-tails";
import {
  modelsOf,
  resultFor,
  votersWho,
  type GroupBattle,
  type RuleFinding,
  type VoteGroup,
} from "@/lib/vote-rules/group";

/** Chance of catching, at one look, a group whose leaving has nothing to do with who is shown; shared by its models. */
const ALPHA = 1e-6;
const FEWEST_VOTES = 6;
const FEWEST_ABANDONED = 15;
/** How much likelier a vote must be where the model is shown. */
const TIMES_LIKELIER = 3;

/**
 * Are battles left without a vote until one model appears? Fisher's exact test of voting against whether the model is
 * shown, where people skip, close the page and prefetch, but know not whose images they see.
 */
export function abandonment(group: VoteGroup): RuleFinding | null {
  const battles = group.battles.filter(({ at }) => at >= group.completeSince);
  const voted = battles.filter((battle) => battle.outcome !== null).length;
  if (voted < FEWEST_VOTES || battles.length - voted < FEWEST_ABANDONED) return null;
  const models = modelsOf(battles);
  let found: (RuleFinding & { p: number }) | null = null;
  for (const model of models) {
    const shown = battles.filter((battle) => isShown(battle, model));
    const votes = shown.filter((battle) => battle.outcome !== null).length;
    const [others, otherVotes] = [battles.length - shown.length, voted - votes];
    if (votes < FEWEST_VOTES || others - otherVotes < FEWEST_ABANDONED) continue;
    if (votes / shown.length < (TIMES_LIKELIER * otherVotes) / others) continue;
    const p = hypergeometricUpperTail(votes, voted, shown.length, battles.length);
    if (p >= ALPHA / models.length || p >= (found?.p ?? 1)) continue;
    const evidence = { shown: shown.length, votes, notShown: others, otherVotes, p };
    const suspects = votersWho(
      battles,
      (own) =>
        own.some((battle) => resultFor(battle, model) !== null) &&
        own.every((battle) => battle.outcome === null || isShown(battle, model)),
    );
    found = { p, modelId: model, evidence, suspects };
  }
  return found && { modelId: found.modelId, evidence: found.evidence, suspects: found.suspects };
}

const isShown = ({ left, right }: GroupBattle, model: string) => left === model || right === model;
