import type { Tx } from "@/lib/db/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";

/** A pair that a judge has judged in both orders. */
export interface JudgedPairRow {
  modelA: string;
  modelB: string;
  promptId: string;
  category: string;
  /** Its preference for A's sample when that came first, and when it came second. */
  first: number;
  second: number;
  /** f: the judge's preference for A's sample, over both orders, 0 to 1. */
  judge: number;
  /** Probability with which the pair of models was drawn. */
  propensity: number;
}

/** The same with a person's counted vote on the same two images; outcome LEFT is for A. */
export interface LabelledPairRow extends JudgedPairRow {
  battleId: string;
  voterId: string;
  sampleA: string;
  sampleB: string;
  outcome: VoteOutcome;
}

export interface JudgedPairs {
  labelled: LabelledPairRow[];
  judgeOnly: JudgedPairRow[];
}

/**
 * What one judge says of a board's pairs under one rubric: beside people's counted votes, and alone. Pairs without a verdict in
 * both orders are left out; f = 1/2 [P(A>B | A first) + 1 - P(B>A | B first)].
 */
export async function readJudgedPairs(
  ask: { boardId: string; judgeId: string; rubric: string },
  tx: Tx,
): Promise<JudgedPairs> {
  const { boardId, judgeId, rubric } = ask;
  const labelled = await tx.$queryRaw<LabelledPairRow[]>`
    select b.id as "battleId", v.voter_id as "voterId", v.outcome, p.id as "promptId", p.category, b.propensity,
      b.left_model_id as "modelA", b.right_model_id as "modelB", b.left_sample_id as "sampleA", b.right_sample_id as "sampleB",
      ab.preference as first, 1 - ba.preference as second, (ab.preference + 1 - ba.preference) / 2 as judge
    from votes v
    join battles b on b.id = v.battle_id
    join prompts p on p.id = b.prompt_id
    join judge_pair_verdicts ab on ab.judge_id = ${judgeId} and ab.rubric = ${rubric}
      and ab.a_sample_id = b.left_sample_id and ab.b_sample_id = b.right_sample_id
    join judge_pair_verdicts ba on ba.judge_id = ${judgeId} and ba.rubric = ${rubric}
      and ba.a_sample_id = b.right_sample_id and ba.b_sample_id = b.left_sample_id
    where v.board_id = ${boardId} and v.status = 'COUNTED' and b.kind = 'STORED' and b.propensity is not null
      and ab.preference is not null and ba.preference is not null
    order by v.created_at, v.id`;
  const judgeOnly = await tx.$queryRaw<JudgedPairRow[]>`
    select s1.model_id as "modelA", s2.model_id as "modelB", p.id as "promptId", p.category, j.propensity,
      ab.preference as first, 1 - ba.preference as second, (ab.preference + 1 - ba.preference) / 2 as judge
    from judge_pairs j
    join samples s1 on s1.id = j.first_sample_id
    join samples s2 on s2.id = j.second_sample_id
    join prompts p on p.id = s1.prompt_id
    join judge_pair_verdicts ab on ab.judge_id = ${judgeId} and ab.rubric = ${rubric}
      and ab.a_sample_id = j.first_sample_id and ab.b_sample_id = j.second_sample_id
    join judge_pair_verdicts ba on ba.judge_id = ${judgeId} and ba.rubric = ${rubric}
      and ba.a_sample_id = j.second_sample_id and ba.b_sample_id = j.first_sample_id
    where j.board_id = ${boardId} and ab.preference is not null and ba.preference is not null
      and not exists (
        select from battles b join votes v on v.battle_id = b.id
        where v.status = 'COUNTED' and b.board_id = ${boardId}
          and least(b.left_sample_id, b.right_sample_id) = j.first_sample_id
          and greatest(b.left_sample_id, b.right_sample_id) = j.second_sample_id)
    order by j.id`;
  return { labelled, judgeOnly };
}
