import { toPairOutcome } from "@/lib/votes/vote-outcome";
import { entersFit } from "@/lib/boards/fit-votes";
import type { Tx } from "@/lib/db/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { readStyles } from "@/lib/scoring/read-styles";
import { votesOfCut, type LogCut } from "@/lib/snapshots/log-position";
import type { StyleVote } from "@/lib/ratings/style-snapshot";

/** The newest so many votes enter a style fit: enough for any coefficient, read and fitted in a few seconds. */
export const STYLE_VOTES = 50_000;

type VoteRow = {
  left: string;
  right: string;
  outcome: VoteOutcome;
  category: string;
  leftSampleId: string;
  rightSampleId: string;
};

/**
 * A board's votes on images it holds, up to a point of its log, each with how both images looked; by prompt
 * category, and those of the whole board's fit under "". Imported votes have no images and are left out.
 * @param cut models: ids whose votes count; limit: at most the newest so many votes; category: of this one alone
 * @returns unmeasured: images that measure-styles.ts has not seen; while there are any, wait
 */
export async function readStyleVotes(
  cut: LogCut & {
    boardId: string;
    models: readonly string[];
    limit: number;
    measureId: string;
    category?: string;
  },
  tx: Tx,
): Promise<{ byCategory: Map<string, StyleVote[]>; unmeasured: number }> {
  const newest = await tx.$queryRaw<VoteRow[]>`
    select v.left_model_id as left, v.right_model_id as right, v.outcome, p.category,
      b.left_sample_id as "leftSampleId", b.right_sample_id as "rightSampleId"
    ${votesOfCut({ ...cut, category: cut.category ?? null })}
      and b.left_sample_id is not null and b.right_sample_id is not null
    order by e.seq desc limit ${cut.limit}`;
  const votes = newest.reverse();
  const shown = new Set(votes.flatMap((vote) => [vote.leftSampleId, vote.rightSampleId]));
  const { styles, unmeasured } = await readStyles([...shown], cut.measureId, tx);
  const byCategory = new Map<string, StyleVote[]>([["", []]]);
  for (const { left, right, outcome, category, leftSampleId, rightSampleId } of votes) {
    const [leftStyle, rightStyle] = [styles.get(leftSampleId) ?? {}, styles.get(rightSampleId) ?? {}];
    const vote = { left, right, outcome: toPairOutcome(outcome), leftStyle, rightStyle };
    if (entersFit(category, { ...cut, category: "" })) byCategory.get("")!.push(vote);
    const own = byCategory.get(category);
    if (own) own.push(vote);
    else byCategory.set(category, [vote]);
  }
  return { byCategory, unmeasured };
}
