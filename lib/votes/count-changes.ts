import { answerKey, type Answers } from "@/lib/votes/answer-key";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";
import { swapSides, type Outcome } from "@/lib/ratings/outcome";
import { addOutcome, canonicalPair, type PairCount } from "@/lib/ratings/pair-counts";

export type VoteToCount = {
  category: string;
  leftModelId: string;
  rightModelId: string;
  /** a is the left side, here and in the answers. */
  outcome: Outcome;
  /** Of the criteria other than overall. */
  answers: Answers;
};

/** What many votes change in a board's counts, gathered so that each row is written once. */
export class CountChanges {
  private readonly pairs = new Map<string, PairCount & { category: string }>();
  private readonly answers = new Map<
    string,
    { category: string; a: string; b: string; key: string; votes: number }
  >();

  /** @param votes 1 to count a vote, -1 to take one back */
  add(vote: VoteToCount, votes: 1 | -1): void {
    const { category } = vote;
    const { a, b, outcome } = canonicalPair(vote.leftModelId, vote.rightModelId, vote.outcome);
    const place = `${a} ${b} ${category}`;
    const pair = this.pairs.get(place) ?? { category, a, b, winsA: 0, winsB: 0, ties: 0, bothBad: 0 };
    addOutcome(pair, outcome, votes);
    this.pairs.set(place, pair);

    const turn = (answer: Outcome | undefined) =>
      answer !== undefined && a !== vote.leftModelId ? swapSides(answer) : answer;
    const given = Object.entries(vote.answers).map(([name, answer]) => [name, turn(answer)] as const);
    if (given.length === 0) return;
    const key = answerKey({ ...Object.fromEntries(given), overall: outcome });
    const row = this.answers.get(`${place} ${key}`) ?? { category, a, b, key, votes: 0 };
    row.votes += votes;
    this.answers.set(`${place} ${key}`, row);
  }

  /** Write them, rows in one order so that no two writers wait for each other in a circle. */
  async store(boardId: string, tx: Tx): Promise<void> {
    await tx.$executeRaw(this.pairsAdded(boardId));
    if (this.answers.size > 0) await tx.$executeRaw(this.answersAdded(boardId));
  }

  /** SQL: the statement that writes the pairs' counts. @param where whether it is to */
  pairsAdded(boardId: string, where = Prisma.sql`true`): Prisma.Sql {
    return Prisma.sql`
      insert into pair_counts as c (board_id, category, model_a, model_b, wins_a, wins_b, ties, both_bad)
      select ${boardId}, category, a, b, "winsA", "winsB", ties, "bothBad"
      from jsonb_to_recordset(${JSON.stringify([...this.pairs.values()])}::jsonb)
        as r (category text, a text, b text, "winsA" int, "winsB" int, ties int, "bothBad" int)
      where ${where} order by a, b, category
      on conflict (board_id, category, model_a, model_b) do update set
        wins_a = c.wins_a + excluded.wins_a, wins_b = c.wins_b + excluded.wins_b,
        ties = c.ties + excluded.ties, both_bad = c.both_bad + excluded.both_bad`;
  }

  /** SQL: the same of the counts by criterion. */
  answersAdded(boardId: string, where = Prisma.sql`true`): Prisma.Sql {
    return Prisma.sql`
      insert into criterion_counts as c (board_id, category, model_a, model_b, answers, votes)
      select ${boardId}, category, a, b, key, votes
      from jsonb_to_recordset(${JSON.stringify([...this.answers.values()])}::jsonb)
        as r (category text, a text, b text, key text, votes int)
      where ${where} order by a, b, category, key
      on conflict (board_id, category, model_a, model_b, answers) do update set votes = c.votes + excluded.votes`;
  }
}
