import { db, type Tx } from "@/lib/db/client";
import { leaveVendorOut, type JudgeCounts } from "@/lib/rubrics/report/leave-vendor-out";
import { PUBLIC_JUDGE } from "@/lib/judges/judge-scope";
import { verdictOf } from "@/lib/judges/grading/measure-judge";
import { pairRubric } from "@/lib/judges/pair-rubric";
import { readJudgedPairs } from "@/lib/judges/read-judged-pairs";
import { onBoard } from "@/lib/boards/board-models";
import { findBoard } from "@/lib/boards/find-board";
import { countPairs } from "@/lib/ratings/pair-counts";
import type { VendorRanksView } from "@/lib/schemas/judges/judge-report";

/**
 * How public judges alone would rank a board's models, and how that changes when the judges of one creator are left out.
 * @throws SalonError "not_found" for an unknown board
 */
export async function readVendorRanks(input: { board: string }, tx: Tx = db()): Promise<VendorRanksView> {
  const board = await findBoard(input.board, tx);
  const models = await tx.model.findMany({
    where: onBoard(board),
    select: { id: true, slug: true, name: true },
    orderBy: { slug: "asc" },
  });
  const slugs = new Map(models.map(({ id, slug }) => [id, slug]));
  const judges: JudgeCounts[] = [];
  for (const judge of await tx.judge.findMany({ where: PUBLIC_JUDGE, orderBy: { createdAt: "asc" } })) {
    const rubric = pairRubric(judge, board);
    if (rubric === null) continue;
    const ask = { boardId: board.id, judgeId: judge.id, rubric };
    const { labelled, judgeOnly } = await readJudgedPairs(ask, tx);
    const counts = countPairs([...labelled, ...judgeOnly].map(verdictOf));
    if (counts.length > 0) judges.push({ judge: judge.slug, vendor: judge.creator, counts });
  }
  return {
    models: models.map(({ slug, name }) => ({ slug, name })),
    cuts: leaveVendorOut(judges, [...slugs.keys()]).map(({ rows, ...cut }) => ({
      ...cut,
      ranks: rows.map(({ model, rank, rankLow: low, rankHigh: high }) => ({
        model: slugs.get(model)!,
        rank,
        low,
        high,
      })),
    })),
  };
}
