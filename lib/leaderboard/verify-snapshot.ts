import { toPairOutcome } from "@/lib/arena/vote-outcome";
import { db, type Tx } from "@/lib/db/client";
import type { RatingSnapshot } from "@/lib/db/generated/client";
import type { VoteOutcome } from "@/lib/db/generated/enums";
import { SalonError } from "@/lib/errors";
import { snapshotDetails, type SnapshotDetails, type TieChoice } from "@/lib/leaderboard/snapshot-details";
import { readStyleVotes } from "@/lib/leaderboard/style-votes";
import { chooseTieModel } from "@/lib/ratings/held-out-log-loss";
import {
  addOutcome,
  canonicalPair,
  pairTable,
  type PairCount,
  type PairTable,
} from "@/lib/ratings/pair-counts";
import { buildSnapshot, type SnapshotRow } from "@/lib/ratings/snapshot";
import { verifySnapshot } from "@/lib/ratings/snapshot-differences";
import { IMAGE_STYLE } from "@/lib/ratings/style-features";
import { buildStyleSnapshot, verifyStyleSnapshot } from "@/lib/ratings/style-snapshot";

export type Verification = { ok: boolean; votes: number; differences: string[] };

/**
 * Recompute a snapshot from the vote log alone (not from the pair counts it was made from) and compare every
 * number to 1e-9.
 * @throws SalonError "not_found"
 */
export async function verifyStoredSnapshot(snapshotId: string, tx: Tx = db()): Promise<Verification> {
  const stored = await tx.ratingSnapshot.findUnique({ where: { id: snapshotId }, include: { rows: true } });
  if (stored === null) throw new SalonError("not_found", `There is no snapshot ${snapshotId}.`);
  const details = snapshotDetails.parse(stored.details);
  const rows = stored.rows.map(({ snapshotId: _, modelId, ...row }) => ({ model: modelId, ...row }));
  if (stored.control === "style") return verifyStyle({ ...stored, rows }, details, tx);
  const counts = await countLog({ ...stored, ...details }, tx);
  const recomputed = buildSnapshot(counts, details.models, details.options);
  const differences = verifySnapshot({ ...stored, rows }, recomputed);
  // The choice of the model of ties can be redone where it was made: on the whole board's votes of that moment.
  if (details.tieChoice && stored.category === "" && details.tieChoice.votes === stored.votes) {
    differences.push(...differingLosses(details.tieChoice, pairTable(counts, details.models)));
  }
  if (stored.votes !== recomputed.votes) {
    differences.push(`votes: stored ${stored.votes}, recomputed ${recomputed.votes}`);
  }
  const left = details.options.exclusions ?? [];
  const recorded = left.reduce((sum, { votes }) => sum + votes, 0);
  const found = await countExcluded({ ...stored, ...details }, tx);
  if (recorded !== found) differences.push(`excluded votes: stored ${recorded}, in the log ${found}`);
  return { ok: differences.length === 0, votes: recomputed.votes, differences };
}

type Cut = { boardId: string; category: string; models: string[]; lastEvent: bigint; exclusions: bigint[] };

/** How many of the events left out are votes of this cut. */
async function countExcluded(cut: Cut, tx: Tx): Promise<number> {
  const [{ votes }] = await tx.$queryRaw<{ votes: number }[]>`
    select count(*)::int as votes
    from "RatingEvent" e
    join "Vote" v on v.id = e."voteId"
    join "Battle" b on b.id = v."battleId"
    join "Prompt" p on p.id = b."promptId"
    where e."boardId" = ${cut.boardId} and e.seq = any (${cut.exclusions}::bigint[])
      and v."leftModelId" = any (${cut.models}) and v."rightModelId" = any (${cut.models})
      and (${cut.category} = '' or p.category = ${cut.category})`;
  return votes;
}

async function verifyStyle(
  stored: Omit<RatingSnapshot, "details" | "covariance"> & { rows: SnapshotRow[] },
  details: SnapshotDetails,
  tx: Tx,
): Promise<Verification> {
  const effects = details.style;
  if (effects === undefined) throw new SalonError("internal", `Snapshot ${stored.id} lost its coefficients.`);
  // The limit counts votes of all categories.
  const cut = { ...details, ...effects, boardId: stored.boardId };
  const { byCategory } = await readStyleVotes(cut, tx);
  const votes = byCategory.get(stored.category) ?? [];
  const recomputed = buildStyleSnapshot(votes, details.models, IMAGE_STYLE, details.options);
  const differences = verifyStyleSnapshot({ ...stored, effects }, recomputed);
  return { ok: differences.length === 0, votes: stored.votes, differences };
}

function differingLosses(choice: TieChoice, table: PairTable): string[] {
  const { best, losses } = chooseTieModel(table);
  const differences = best === choice.best ? [] : [`ties: stored ${choice.best}, recomputed ${best}`];
  for (const { ties, logLoss } of losses) {
    const was = choice.losses.find((loss) => loss.ties === ties)?.logLoss ?? NaN;
    if (!(Math.abs(was - logLoss) <= 1e-9))
      differences.push(`log-loss of ${ties}: stored ${was}, recomputed ${logLoss}`);
  }
  return differences;
}

/** The log's counts by pair as they stood when the snapshot was made. */
async function countLog(cut: Cut, tx: Tx): Promise<PairCount[]> {
  const rows = await tx.$queryRaw<
    { leftModelId: string; rightModelId: string; outcome: VoteOutcome; votes: number }[]
  >`
    select v."leftModelId", v."rightModelId", v.outcome, count(*)::int as votes
    from "RatingEvent" e
    join "Vote" v on v.id = e."voteId"
    join "Battle" b on b.id = v."battleId"
    join "Prompt" p on p.id = b."promptId"
    where e."boardId" = ${cut.boardId} and e.seq <= ${cut.lastEvent}
      and not e.seq = any (${cut.exclusions}::bigint[])
      and v."leftModelId" = any (${cut.models}) and v."rightModelId" = any (${cut.models})
      and (${cut.category} = '' or p.category = ${cut.category})
    group by 1, 2, 3`;
  return rows.map((row) => {
    const { a, b, outcome } = canonicalPair(row.leftModelId, row.rightModelId, toPairOutcome(row.outcome));
    const count = { a, b, winsA: 0, winsB: 0, ties: 0, bothBad: 0 };
    addOutcome(count, outcome, row.votes);
    return count;
  });
}
