import { besideBaseline } from "@/lib/pages/beside-baseline";
import type { FoundBoard } from "@/lib/boards/find-board";
import type { Tx } from "@/lib/db/client";
import type { Judge } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { demotedFor } from "@/lib/judges/grading/demoted-for";
import { PUBLIC_JUDGE } from "@/lib/judges/judge-scope";
import { findNewestSnapshot, judgeControl, type SnapshotWithRows } from "@/lib/snapshots/find-snapshot";
import { hasSeenExclusions } from "@/lib/snapshots/excluded-votes";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import { labelledNeeded } from "@/lib/ratings/judge-snapshot";
import type { WithJudge } from "@/lib/schemas/leaderboard";

type JudgeOfBoard = Pick<Judge, "id" | "slug" | "name" | "creator" | "demotedAt" | "reports">;

/** The public judges that were given a board's pairs, by name. */
export async function readJudgesOfBoard(boardId: string, tx: Tx): Promise<JudgeOfBoard[]> {
  return tx.judge.findMany({
    where: { tasks: { some: { boardId } }, OR: [PUBLIC_JUDGE, { boards: { some: { boardId } } }] },
    orderBy: { name: "asc" },
    select: { id: true, slug: true, name: true, creator: true, demotedAt: true, reports: true },
  });
}

/**
 * A board's newest snapshot of people and one judge together with what the judge is worth, or why there is none.
 * @param plain the newest snapshot of people alone
 * @throws SalonError "invalid_request" for a judge the board does not have
 */
export async function readWithJudge(
  board: FoundBoard,
  judges: readonly JudgeOfBoard[],
  ask: { slug: string; category: string; plain: SnapshotWithRows | null },
  tx: Tx,
): Promise<{ snapshot: SnapshotWithRows | null; withJudge: WithJudge }> {
  const judge = judges.find(({ slug }) => slug === ask.slug);
  if (judge === undefined) {
    const known =
      judges.length === 0
        ? "no judge has"
        : `it has ${judges.map(({ slug }) => slug).join(", ")}, and no judge has`;
    throw new SalonError("invalid_request", `On this board ${known} the name ${JSON.stringify(ask.slug)}.`, {
      field: "judge",
    });
  }
  const { category, plain } = ask;
  const snapshot = await findNewestSnapshot(board.id, category, tx, judgeControl(judge.id));
  const details = snapshot && snapshotDetails.parse(snapshot.details);
  const worth = details?.judge;
  const named = { slug: judge.slug, name: judge.name, creator: judge.creator, demotedFor: demotedFor(judge) };
  const votesOfBoard = plain?.votes ?? 0;
  if (!snapshot || !worth || !hasSeenExclusions(details, plain)) {
    const missing = await whatIsMissing(board.id, judge, plain, tx);
    const nothing = {
      votes: 0,
      lambda: null,
      correlation: null,
      effectiveVotes: null,
      labelled: 0,
      judgeOnly: 0,
      moves: [],
    };
    return {
      snapshot: null,
      withJudge: { judge: named, fitted: false, missing, votesOfBoard, ...nothing },
    };
  }
  const moves = await besideBaseline(board, snapshot, worth.baseline, tx);
  return {
    snapshot,
    withJudge: {
      judge: named,
      fitted: true,
      missing: null,
      votes: snapshot.votes,
      votesOfBoard: Math.max(votesOfBoard, snapshot.votes),
      lambda: worth.lambda,
      correlation: worth.correlation,
      effectiveVotes: worth.effectiveVotes,
      labelled: worth.labelled,
      judgeOnly: worth.judgeOnly,
      moves: moves.map(({ names, row: { rank, rating, low, high }, was: { model: _, ...people } }) => ({
        ...names,
        ...{ rank, rating, low, high, people },
      })),
    },
  };
}

async function whatIsMissing(
  boardId: string,
  judge: Pick<JudgeOfBoard, "id">,
  plain: SnapshotWithRows | null,
  tx: Tx,
): Promise<NonNullable<WithJudge["missing"]>> {
  if (plain === null) return { code: "no_votes" };
  const needed = labelledNeeded(plain.rows.filter(({ rank }) => rank !== null).length);
  const [{ labelled }] = await tx.$queryRaw<{ labelled: number }[]>`
    select count(*)::int as labelled from votes v join battles b on b.id = v.battle_id
    where v.board_id = ${boardId} and v.status = 'COUNTED'
      and exists (select from judge_pair_verdicts j where j.judge_id = ${judge.id} and j.preference is not null
        and j.a_sample_id = b.left_sample_id and j.b_sample_id = b.right_sample_id)
      and exists (select from judge_pair_verdicts j where j.judge_id = ${judge.id} and j.preference is not null
        and j.a_sample_id = b.right_sample_id and j.b_sample_id = b.left_sample_id)`;
  return labelled < needed ? { code: "too_few_labelled", labelled, needed } : { code: "being_made" };
}
