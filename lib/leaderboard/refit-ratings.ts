import { readBetweenVotes } from "@/lib/arena/vote-lock";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { among, readPairCounts } from "@/lib/leaderboard/pair-count-rows";
import { detailsToJson, packCovariance, type SnapshotDetails } from "@/lib/leaderboard/snapshot-details";
import type { PairCount } from "@/lib/ratings/pair-counts";
import { buildSnapshot, hashInputs, type Snapshot, type SnapshotOptions } from "@/lib/ratings/snapshot";

/** How every board is fitted. */
const OPTIONS: SnapshotOptions = {};

type Inputs = { counts: Map<string, PairCount[]>; lastEvent: bigint; exclusions: bigint[] };

/**
 * Fit a board anew, overall and for each category that has votes, into immutable snapshots. What has not changed
 * since its newest snapshot gets none. Cost depends on models, not on votes.
 * @throws SalonError "not_found"
 */
export function refitRatings(boardId: string, tx?: Tx): Promise<{ snapshotIds: string[] }> {
  return atomically(tx, async (tx) => {
    // One refit of a board at a time, so that the newest snapshot is the one that saw most.
    await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${"salon-refit:" + boardId}, 0))`;
    const board = await tx.board.findUnique({ where: { id: boardId } });
    if (board === null) throw new SalonError("not_found", `There is no board ${boardId}.`);
    const listed = await tx.model.findMany({
      where: { listed: true, modality: board.modality },
      select: { id: true },
    });
    const models = listed.map((model) => model.id).sort();
    const inputs = await readBetweenVotes(boardId, () => readInputs(boardId, tx), tx);
    const snapshotIds: string[] = [];
    for (const [category, all] of inputs.counts) {
      const counts = among(all, models);
      if (counts.length === 0) continue;
      const newest = await tx.ratingSnapshot.findFirst({
        where: { boardId, category, control: "" },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        select: { inputsHash: true },
      });
      if (newest?.inputsHash === hashInputs(counts, models, OPTIONS)) continue;
      const snapshot = buildSnapshot(counts, models, OPTIONS);
      snapshotIds.push(await store({ boardId, category, snapshot, ...inputs }, tx));
    }
    return { snapshotIds };
  });
}

async function readInputs(boardId: string, tx: Tx): Promise<Inputs> {
  const counts = await readPairCounts(boardId, tx);
  const last = await tx.ratingEvent.findFirst({
    where: { boardId },
    orderBy: { seq: "desc" },
    select: { seq: true },
  });
  const excluded = await tx.$queryRaw<{ seq: bigint }[]>`
    select e.seq from "Vote" v join "RatingEvent" e on e."voteId" = v.id
    where v."boardId" = ${boardId} and v.status <> 'COUNTED' order by e.seq`;
  return { counts, lastEvent: last?.seq ?? 0n, exclusions: excluded.map((row) => row.seq) };
}

async function store(
  fit: { boardId: string; category: string; snapshot: Snapshot; lastEvent: bigint; exclusions: bigint[] },
  tx: Tx,
): Promise<string> {
  const { boardId, category, snapshot, lastEvent, exclusions } = fit;
  const { models, options, connected, separated, notes, gradientNorm, iterations } = snapshot;
  const details: SnapshotDetails = {
    models,
    lastEvent,
    exclusions,
    options,
    connected,
    separated,
    notes,
    gradientNorm,
    iterations,
  };
  const id = newId("snapshot");
  await tx.ratingSnapshot.create({
    data: {
      id,
      boardId,
      category,
      methodology: snapshot.methodology,
      inputsHash: snapshot.inputsHash,
      votes: snapshot.votes,
      details: detailsToJson(details),
      covariance: packCovariance(snapshot.covariance),
      // Not the transaction's start: that may lie before an earlier refit's.
      createdAt: new Date(),
    },
  });
  await tx.ratingSnapshotRow.createMany({
    data: snapshot.rows.map(({ model, ...row }) => ({ snapshotId: id, modelId: model, ...row })),
  });
  return id;
}
