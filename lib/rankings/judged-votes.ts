import { toPairOutcome } from "@/lib/votes/vote-outcome";
import { entersFit } from "@/lib/boards/fit-votes";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { votesOfCut, type VotesOfCut } from "@/lib/snapshots/log-position";
import type { JudgedPair, LabelledPair } from "@/lib/ratings/judged-rows";

/** The newest so many votes enter a fit with a judge: where a board has more, a judge adds little. */
export const JUDGED_VOTES = 50_000;

/** The judge's verdicts that a fit saw. */
export type VerdictCut = {
  judgeId: string;
  rubric: string;
  /** Those written before this moment. */
  before: Date;
};

/** A board's votes with the judge's preference beside each, and what the judge says of pairs nobody voted on. */
export type JudgedVotes = { labelled: LabelledPair[]; judgeOnly: JudgedPair[] };

/**
 * What people and one judge say of a board's pairs up to a cut, by prompt category, and what enters the whole board's fit under "". A verdict
 * counts where there is one in both orders: f = 1/2 [P(A>B | A first) + 1 - P(B>A | B first)]. Models by id.
 */
export async function readJudgedVotes(
  cut: Omit<VotesOfCut, "category"> & VerdictCut & { limit: number },
  tx: Tx,
): Promise<Map<string, JudgedVotes>> {
  const votes = await tx.$queryRaw<
    {
      left: string;
      right: string;
      outcome: VoteOutcome;
      category: string;
      voter: string;
      prompt: string | null;
      samples: string | null;
      judge: number | null;
    }[]
  >`
    select v.left_model_id as left, v.right_model_id as right, v.outcome, p.category, v.voter_id as voter,
      case when p.text = '' then null else p.id end as prompt,
      least(b.left_sample_id, b.right_sample_id) || ' ' || greatest(b.left_sample_id, b.right_sample_id) as samples,
      ${preference(cut, Prisma.sql`b.left_sample_id`, Prisma.sql`b.right_sample_id`)} as judge
    ${votesOfCut({ ...cut, category: null })} order by e.seq desc limit ${cut.limit}`;
  const alone = await tx.$queryRaw<
    { a: string; b: string; category: string; prompt: string; samples: string; judge: number | null }[]
  >`
    select s1.model_id as a, s2.model_id as b, p.category, p.id as prompt,
      j.first_sample_id || ' ' || j.second_sample_id as samples,
      ${preference(cut, Prisma.sql`j.first_sample_id`, Prisma.sql`j.second_sample_id`)} as judge
    from judge_pairs j
    join samples s1 on s1.id = j.first_sample_id
    join samples s2 on s2.id = j.second_sample_id
    join prompts p on p.id = s1.prompt_id
    where j.board_id = ${cut.boardId} and j.created_at < ${cut.before}
      and s1.model_id = any (${cut.models}) and s2.model_id = any (${cut.models})
    order by j.id`;
  const byCategory = new Map<string, JudgedVotes>([["", { labelled: [], judgeOnly: [] }]]);
  const of = (category: string) => {
    if (!byCategory.has(category)) byCategory.set(category, { labelled: [], judgeOnly: [] });
    const own = byCategory.get(category)!;
    return entersFit(category, { ...cut, category: "" }) ? [byCategory.get("")!, own] : [own];
  };
  for (const { left, right, outcome, category, voter, prompt, judge } of votes.reverse()) {
    const vote = {
      a: left,
      b: right,
      outcome: toPairOutcome(outcome),
      judge,
      voter,
      prompt: prompt ?? undefined,
    };
    for (const list of of(category)) list.labelled.push(vote);
  }
  // What people voted on is no verdict alone.
  const voted = new Set(votes.map(({ samples }) => samples));
  for (const { a, b, category, prompt, samples, judge } of alone) {
    if (judge === null || voted.has(samples)) continue;
    for (const list of of(category)) list.judgeOnly.push({ a, b, judge, prompt });
  }
  return byCategory;
}

/** SQL: the judge's preference for the first of two samples over both orders; null without either verdict. */
const preference = (
  { judgeId, rubric, before }: VerdictCut,
  first: Prisma.Sql,
  second: Prisma.Sql,
) => Prisma.sql`(
  select (ab.preference + 1 - ba.preference) / 2
  from judge_pair_verdicts ab
  join judge_pair_verdicts ba on ba.judge_id = ab.judge_id and ba.rubric = ab.rubric
    and ba.a_sample_id = ab.b_sample_id and ba.b_sample_id = ab.a_sample_id
  where ab.judge_id = ${judgeId} and ab.rubric = ${rubric}
    and ab.a_sample_id = ${first} and ab.b_sample_id = ${second}
    and ab.created_at < ${before} and ba.created_at < ${before})`;
