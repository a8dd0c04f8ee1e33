import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import type { Control } from "@/lib/snapshots/find-snapshot";
import type { LogCut } from "@/lib/snapshots/log-position";
import { detailsToJson, packCovariance, type SnapshotDetails } from "@/lib/snapshots/snapshot-details";
import { storeChanges } from "@/lib/snapshots/snapshot-changes";
import type { Snapshot } from "@/lib/ratings/snapshot";

/** Keep a fit, for good. @returns its id */
export async function storeSnapshot(
  fit: {
    boardId: string;
    category: string;
    control: Control;
    snapshot: Snapshot;
    cut: LogCut;
    tieChoice?: SnapshotDetails["tieChoice"];
    style?: SnapshotDetails["style"];
    dependenceEvent?: bigint;
    judge?: SnapshotDetails["judge"];
  },
  tx: Tx,
): Promise<string> {
  const { boardId, category, control, snapshot, cut, tieChoice, style, dependenceEvent, judge } = fit;
  const { models, options, connected, separated, notes, gradientNorm, iterations } = snapshot;
  const details: SnapshotDetails = {
    models,
    lastEvent: cut.lastEvent,
    exclusions: cut.exclusions,
    countsLiveVotes: cut.countsLiveVotes,
    options,
    dependenceEvent,
    connected,
    separated,
    notes,
    gradientNorm,
    iterations,
    tieChoice,
    style,
    judge,
  };
  const id = newId("snapshot");
  await tx.ratingSnapshot.create({
    data: {
      id,
      boardId,
      category,
      control,
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
  if (category === "" && control === "") await storeChanges(id, tx);
  return id;
}
