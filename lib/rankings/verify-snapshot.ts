import { db, type Tx } from "@/lib/db/client";
import type { RatingSnapshot } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { snapshotDetails, type SnapshotDetails, type TieChoice } from "@/lib/snapshots/snapshot-details";
import { featuresOf } from "@/lib/boards/board-style";
import { CLUSTER_LABELS, readClusteredLog } from "@/lib/rankings/clustered-log";
import { countExcluded, countLog } from "@/lib/votes/count-log";
import type { VotesOfCut } from "@/lib/snapshots/log-position";
import { measureDependence, type Dependence, type DependenceSummary } from "@/lib/ratings/dependence";
import { METHODOLOGY_VERSION } from "@/lib/ratings/inputs-hash";
import { buildJudgeSnapshot, verifyJudgeSnapshot } from "@/lib/ratings/judge-snapshot";
import { fitPairs } from "@/lib/ratings/tie-fit";
import { noSnapshot } from "@/lib/snapshots/missing-snapshot";
import { readJudgedVotes } from "@/lib/rankings/judged-votes";
import { readStyleVotes } from "@/lib/rankings/style-votes";
import { chooseTieModel } from "@/lib/ratings/analysis/held-out-log-loss";
import { pairTable, type PairTable } from "@/lib/ratings/pair-counts";
import { buildSnapshot, type SnapshotRow } from "@/lib/ratings/snapshot";
import { verifySnapshot } from "@/lib/ratings/analysis/snapshot-differences";
import { buildStyleSnapshot, verifyStyleSnapshot } from "@/lib/ratings/style-snapshot";

export type Verification = { ok: boolean; votes: number; differences: string[] };

/**
 * Recompute a snapshot from the vote log alone (not from the pair counts it was made from) and compare every
 * number to 1e-9.
 * @throws SalonError "not_found"
 */
export async function verifyStoredSnapshot(snapshotId: string, tx: Tx = db()): Promise<Verification> {
  const stored = await tx.ratingSnapshot.findUnique({ where: { id: snapshotId }, include: { rows: true } });
  if (stored === null) throw await noSnapshot(snapshotId, tx);
  const details = snapshotDetails.parse(stored.details);
  const rows = stored.rows.map(({ snapshotId: _, modelId, ...row }) => ({ model: modelId, ...row }));
  if (details.judge) return verifyJudged({ ...stored, rows }, details, details.judge, tx);
  if (stored.control === "style") return verifyStyle({ ...stored, rows }, details, tx);
  if (stored.methodology !== METHODOLOGY_VERSION) return otherMethodology(stored);
  const cut = { ...stored, ...details };
  const counts = await countLog(cut, tx);
  const dependence = await remeasure(cut, details, tx);
  const recomputed = buildSnapshot(counts, details.models, details.options, dependence?.excess);
  const differences = [
    ...verifySnapshot({ ...stored, rows }, recomputed),
    ...differingClusters(details.options.dependence, dependence),
  ];
  // The choice of the model of ties can be redone where it was made: on the whole board's votes of that moment.
  if (details.tieChoice && stored.category === "" && details.tieChoice.votes === stored.votes) {
    differences.push(...differingLosses(details.tieChoice, pairTable(counts, details.models)));
  }
  if (stored.votes !== recomputed.votes) {
    differences.push(`votes: stored ${stored.votes}, recomputed ${recomputed.votes}`);
  }
  const left = details.options.exclusions ?? [];
  const recorded = left.reduce((sum, { votes }) => sum + votes, 0);
  const found = await countExcluded(cut, tx);
  if (recorded !== found) differences.push(`excluded votes: stored ${recorded}, in the log ${found}`);
  return { ok: differences.length === 0, votes: recomputed.votes, differences };
}

/** Another release's numbers are not these by right: saying so is all that can be checked. */
function otherMethodology({ methodology, votes }: { methodology: string; votes: number }): Verification {
  const reason = `methodology: stored ${methodology}, this Salon computes ${METHODOLOGY_VERSION}; verify it with the release that made it`;
  return { ok: false, votes, differences: [reason] };
}

/**
 * What the votes' dependence adds, measured again on the log up to where it was measured; as a summary too, to be compared
 * with the one on record.
 */
async function remeasure(
  cut: VotesOfCut & { category: string },
  details: SnapshotDetails,
  tx: Tx,
): Promise<Dependence | undefined> {
  const { dependenceEvent: lastEvent } = details;
  if (details.options.dependence === undefined || lastEvent === undefined) return undefined;
  const then = { ...cut, lastEvent };
  const table = pairTable(await countLog(then, tx), details.models);
  const categories = cut.category === "" ? [] : [cut.category];
  const log = await readClusteredLog({ ...then, categories }, tx);
  return measureDependence(
    fitPairs(table, details.options.ties ?? "half"),
    log.votesOf(table, cut.category),
    CLUSTER_LABELS,
  );
}

function differingClusters(stored: DependenceSummary | undefined, found: Dependence | undefined): string[] {
  if (stored === undefined || found === undefined) return [];
  const inWords = ({ clusters, factor }: Pick<Dependence, "clusters" | "factor">) =>
    [
      ...clusters.map((c) => `${c.clusters} by ${c.label}, worth ${c.effective.toFixed(6)}, used: ${c.used}`),
      factor.toFixed(9),
    ].join("; ");
  const [was, is] = [inWords(stored), inWords(found)];
  return was === is ? [] : [`clusters: stored ${was}, recomputed ${is}`];
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
  const recomputed = buildStyleSnapshot(
    votes,
    details.models,
    featuresOf(effects.measureId),
    details.options,
  );
  const differences = verifyStyleSnapshot({ ...stored, effects }, recomputed);
  return { ok: differences.length === 0, votes: stored.votes, differences };
}

async function verifyJudged(
  stored: Omit<RatingSnapshot, "details" | "covariance"> & { rows: SnapshotRow[] },
  details: SnapshotDetails,
  worth: NonNullable<SnapshotDetails["judge"]>,
  tx: Tx,
): Promise<Verification> {
  const cut = { ...details, ...worth, boardId: stored.boardId, before: new Date(worth.before) };
  const votes = (await readJudgedVotes(cut, tx)).get(stored.category);
  const recomputed = buildJudgeSnapshot(votes?.labelled ?? [], votes?.judgeOnly ?? [], details.models);
  const differences = verifyJudgeSnapshot({ ...stored, worth }, recomputed);
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
