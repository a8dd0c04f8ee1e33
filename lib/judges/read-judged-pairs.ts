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

/** The same with a person's counted vote on the same two pictures; outcome LEFT is for A. */
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
    select b.id as "battleId", v."voterId", v.outcome, p.id as "promptId", p.category, b.propensity,
      b."leftModelId" as "modelA", b."rightModelId" as "modelB", b."leftSampleId" as "sampleA", b."rightSampleId" as "sampleB",
      ab.preference as first, 1 - ba.preference as second, (ab.preference + 1 - ba.preference) / 2 as judge
    from "Vote" v
    join "Battle" b on b.id = v."battleId"
    join "Prompt" p on p.id = b."promptId"
    join "JudgePairVerdict" ab on ab."judgeId" = ${judgeId} and ab.rubric = ${rubric}
      and ab."aSampleId" = b."leftSampleId" and ab."bSampleId" = b."rightSampleId"
    join "JudgePairVerdict" ba on ba."judgeId" = ${judgeId} and ba.rubric = ${rubric}
      and ba."aSampleId" = b."rightSampleId" and ba."bSampleId" = b."leftSampleId"
    where v."boardId" = ${boardId} and v.status = 'COUNTED' and b.kind = 'STORED' and b.propensity is not null
      and ab.preference is not null and ba.preference is not null
    order by v."createdAt", v.id`;
  const judgeOnly = await tx.$queryRaw<JudgedPairRow[]>`
    select s1."modelId" as "modelA", s2."modelId" as "modelB", p.id as "promptId", p.category, j.propensity,
      ab.preference as first, 1 - ba.preference as second, (ab.preference + 1 - ba.preference) / 2 as judge
    from "JudgePair" j
    join "Sample" s1 on s1.id = j."firstSampleId"
    join "Sample" s2 on s2.id = j."secondSampleId"
    join "Prompt" p on p.id = s1."promptId"
    join "JudgePairVerdict" ab on ab."judgeId" = ${judgeId} and ab.rubric = ${rubric}
      and ab."aSampleId" = j."firstSampleId" and ab."bSampleId" = j."secondSampleId"
    join "JudgePairVerdict" ba on ba."judgeId" = ${judgeId} and ba.rubric = ${rubric}
      and ba."aSampleId" = j."secondSampleId" and ba."bSampleId" = j."firstSampleId"
    where j."boardId" = ${boardId} and ab.preference is not null and ba.preference is not null
      and not exists (
        select from "Battle" b join "Vote" v on v."battleId" = b.id
        where v.status = 'COUNTED' and b."boardId" = ${boardId}
          and least(b."leftSampleId", b."rightSampleId") = j."firstSampleId"
          and greatest(b."leftSampleId", b."rightSampleId") = j."secondSampleId")
    order by j.id`;
  return { labelled, judgeOnly };
}
