import { entersFit, type FitScope } from "@/lib/boards/fit-votes";
import { answerKey, readAnswerKey } from "@/lib/votes/answer-key";
import { toPairOutcome } from "@/lib/votes/vote-outcome";
import type { Tx } from "@/lib/db/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { votesOfCut, type VotesOfCut } from "@/lib/snapshots/log-position";
import type { CriterionVote } from "@/lib/ratings/multi-criterion";
import { OUTCOMES, swapSides } from "@/lib/ratings/outcome";
import type { PairCount } from "@/lib/ratings/pair-counts";
import { OVERALL } from "@/lib/schemas/criteria";

/** A board's counts of votes that answered criteria, as they are stored. */
export type AnswerCount = { category: string; a: string; b: string; answers: string; votes: number };

export async function readAnswerCounts(boardId: string, tx: Tx): Promise<AnswerCount[]> {
  const rows = await tx.criterionCount.findMany({ where: { boardId, votes: { not: 0 } } });
  return rows.map(({ modelA: a, modelB: b, category, answers, votes }) => ({
    category,
    a,
    b,
    answers,
    votes,
  }));
}

/**
 * A fit's votes by what they said, equal ones together: those that answered criteria, and the rest of the pair
 * counts, which said which is better overall and no more.
 */
export function criterionVotes(
  scope: FitScope,
  counts: readonly PairCount[],
  answered: readonly AnswerCount[],
): CriterionVote[] {
  const here = answered.filter((row) => entersFit(row.category, scope));
  const pairs = new Set(counts.map(({ a, b }) => `${a} ${b}`));
  const votes: CriterionVote[] = [];
  const known = new Map<string, number>();
  for (const { a, b, answers, votes: times } of here) {
    if (!pairs.has(`${a} ${b}`)) continue;
    const outcomes = readAnswerKey(answers);
    votes.push({ a, b, outcomes, votes: times });
    const key = `${a} ${b} ${outcomes[OVERALL]}`;
    known.set(key, (known.get(key) ?? 0) + times);
  }
  for (const { a, b, winsA, winsB, ties, bothBad } of counts) {
    [winsA, winsB, ties, bothBad].forEach((all, k) => {
      const rest = all - (known.get(`${a} ${b} ${OUTCOMES[k]}`) ?? 0);
      if (rest > 0) votes.push({ a, b, outcomes: { [OVERALL]: OUTCOMES[k] }, votes: rest });
    });
  }
  return votes;
}

/** The same from the vote log alone, as it stood at a cut. */
export async function criterionVotesOfLog(cut: VotesOfCut, tx: Tx): Promise<CriterionVote[]> {
  const rows = await tx.$queryRaw<
    { left: string; right: string; outcome: VoteOutcome; answers: string | null; votes: number }[]
  >`
    select v.left_model_id as left, v.right_model_id as right, v.outcome,
      (select string_agg(criterion || '=' || outcome::text, ' ' order by criterion)
        from vote_answers where vote_id = v.id) as answers,
      count(*)::int as votes
    ${votesOfCut(cut)}
    group by 1, 2, 3, 4`;
  return rows.map(({ left, right, outcome, answers, votes }) => {
    const isTurned = left > right;
    const said = [[OVERALL, outcome], ...(answers ?? "").split(" ").map((answer) => answer.split("="))];
    const outcomes = said.slice(0, answers === null ? 1 : said.length).map(([name, word]) => {
      const answer = toPairOutcome(word as VoteOutcome);
      return [name, isTurned ? swapSides(answer) : answer] as const;
    });
    const [a, b] = isTurned ? [right, left] : [left, right];
    return { a, b, outcomes: readAnswerKey(answerKey(Object.fromEntries(outcomes))), votes };
  });
}
