import type { Tx } from "@/lib/db/client";
import type { Board, Judge } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { PUBLIC_JUDGE } from "@/lib/judges/judge-scope";
import { findNewestSnapshot, judgeControl, type SnapshotWithRows } from "@/lib/snapshots/find-snapshot";
import { snapshotDetails, type SnapshotDetails } from "@/lib/snapshots/snapshot-details";
import { labelledNeeded } from "@/lib/ratings/judge-snapshot";
import type { WithJudge } from "@/lib/schemas/leaderboard";

type JudgeOfBoard = Pick<Judge, "id" | "slug" | "name" | "creator" | "demotedReason">;

/** The public judges that were given a board's pairs, by name. */
export async function readJudgesOfBoard(boardId: string, tx: Tx): Promise<JudgeOfBoard[]> {
  return tx.judge.findMany({
    where: { ...PUBLIC_JUDGE, tasks: { some: { boardId } } },
    orderBy: { name: "asc" },
    select: { id: true, slug: true, name: true, creator: true, demotedReason: true },
  });
}

/**
 * A board's newest snapshot of people and one judge together with what the judge is worth, or in words why there is none.
 * @param plain the newest snapshot of people alone
 * @throws SalonError "invalid_request" for a judge the board does not have
 */
export async function readWithJudge(
  board: Board,
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
  const { id: _, ...named } = judge;
  const votesOfBoard = plain?.votes ?? 0;
  if (!snapshot || !worth || !hasSeenExclusions(details, plain)) {
    const reason = await whyNot(board.id, judge, plain, tx);
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
      withJudge: { judge: named, fitted: false, text: reason, votesOfBoard, ...nothing },
    };
  }
  return {
    snapshot,
    withJudge: {
      judge: named,
      fitted: true,
      text: inWords(judge, snapshot.votes, worth),
      votes: snapshot.votes,
      votesOfBoard: Math.max(votesOfBoard, snapshot.votes),
      lambda: worth.lambda,
      correlation: worth.correlation,
      effectiveVotes: worth.effectiveVotes,
      labelled: worth.labelled,
      judgeOnly: worth.judgeOnly,
      moves: await movesOf(snapshot, worth, tx),
    },
  };
}

/** What was excluded is shown nowhere: a fit that still counts it is not shown. */
function hasSeenExclusions(details: SnapshotDetails, plain: SnapshotWithRows | null): boolean {
  const seen = new Set(details.exclusions);
  return plain === null || snapshotDetails.parse(plain.details).exclusions.every((event) => seen.has(event));
}

function inWords(
  { name }: JudgeOfBoard,
  votes: number,
  worth: NonNullable<SnapshotDetails["judge"]>,
): string {
  const more = Math.round(worth.effectiveVotes - votes);
  const trusted = `It is trusted with ${worth.lambda.toFixed(2)} of 1 (λ): where both spoke of the same two pictures, its word and people's correlate by ${worth.correlation.toFixed(2)}.`;
  if (worth.judgeOnly === 0)
    return `${name} has judged no pair beyond those that people voted on, so it adds nothing yet.`;
  if (more < 1)
    return `${name} is worth no vote on this board: it does not agree with people enough to help. ${trusted}`;
  return `${name} is worth ${more.toLocaleString("en")} extra ${more === 1 ? "vote" : "votes"} on this board. ${trusted}`;
}

async function whyNot(
  boardId: string,
  judge: JudgeOfBoard,
  plain: SnapshotWithRows | null,
  tx: Tx,
): Promise<string> {
  if (plain === null) return "No vote has been counted yet.";
  const needed = labelledNeeded(plain.rows.filter(({ rank }) => rank !== null).length);
  const [{ labelled }] = await tx.$queryRaw<{ labelled: number }[]>`
    select count(*)::int as labelled from "Vote" v join "Battle" b on b.id = v."battleId"
    where v."boardId" = ${boardId} and v.status = 'COUNTED'
      and exists (select from "JudgePairVerdict" j where j."judgeId" = ${judge.id} and j.preference is not null
        and j."aSampleId" = b."leftSampleId" and j."bSampleId" = b."rightSampleId")
      and exists (select from "JudgePairVerdict" j where j."judgeId" = ${judge.id} and j.preference is not null
        and j."aSampleId" = b."rightSampleId" and j."bSampleId" = b."leftSampleId")`;
  return labelled < needed
    ? `${judge.name} has judged ${labelled} of the pictures people voted on; measuring it against them takes ${needed}.`
    : `${judge.name} has judged enough; the fit follows by itself.`;
}

async function movesOf(
  snapshot: SnapshotWithRows,
  { baseline }: NonNullable<SnapshotDetails["judge"]>,
  tx: Tx,
): Promise<WithJudge["moves"]> {
  const before = new Map(baseline.map((row) => [row.model, row]));
  const models = await tx.model.findMany({
    where: { id: { in: snapshot.rows.map((row) => row.modelId) }, listed: true },
    select: { id: true, slug: true, name: true },
  });
  const named = new Map(models.map(({ id, slug: model, name }) => [id, { model, name }]));
  return snapshot.rows.flatMap(({ modelId, rank, rating, low, high }) => {
    const [model, was] = [named.get(modelId), before.get(modelId)];
    if (!model || !was || rank === null || was.rank === null) return [];
    const people = { rank: was.rank, rating: was.rating, low: was.low, high: was.high };
    return [{ ...model, rank, rating, low, high, people }];
  });
}
