import { checkElo } from "@/lib/votes/check-elo";
import type { Tx } from "@/lib/db/client";
import { verifyCriterionSnapshot } from "@/lib/rankings/verify-criterion-snapshot";
import { verifyStoredSnapshot } from "@/lib/rankings/verify-snapshot";
import { METHODOLOGY_VERSION } from "@/lib/ratings/inputs-hash";
import { JUDGE_METHODOLOGY } from "@/lib/ratings/judge-snapshot";
import { STYLE_METHODOLOGY } from "@/lib/ratings/style-snapshot";

export interface RatingsReport {
  boards: number;
  votes: number;
  /** Recomputed from the log and compared to 1e-9. */
  snapshots: number;
  /** Made by another release's methodology: only that release can recompute them. */
  others: number;
  /** A line for each number that is not what the log makes. */
  differences: string[];
}

const OURS: readonly string[] = [METHODOLOGY_VERSION, STYLE_METHODOLOGY, JUDGE_METHODOLOGY];

/** Replay every board's votes and recompute every snapshot of the database. */
export async function verifyRatings(
  tx: Tx,
  onChecked: (done: number, of: number) => void = () => {},
): Promise<RatingsReport> {
  const boards = await tx.board.findMany({ select: { id: true, slug: true }, orderBy: { slug: "asc" } });
  const select = { select: { id: true, methodology: true }, orderBy: { id: "asc" } } as const;
  const fits = [
    ...(await tx.ratingSnapshot.findMany(select)).map((row) => ({ ...row, verify: verifyStoredSnapshot })),
    ...(await tx.criterionSnapshot.findMany(select)).map((row) => ({
      ...row,
      verify: verifyCriterionSnapshot,
    })),
  ];
  const report: RatingsReport = {
    boards: boards.length,
    votes: await tx.vote.count(),
    snapshots: 0,
    others: 0,
    differences: [],
  };
  for (const { id, slug } of boards) {
    const { differences } = await checkElo(id, tx);
    report.differences.push(...differences.map((line) => `${slug}: ${line}`));
  }
  for (const [done, { id, methodology, verify }] of fits.entries()) {
    onChecked(done, fits.length);
    if (!OURS.includes(methodology)) {
      report.others += 1;
      continue;
    }
    const { differences } = await verify(id, tx);
    report.snapshots += 1;
    report.differences.push(...differences.map((line) => `${id}: ${line}`));
  }
  return report;
}
