import { readBetweenVotes } from "@/lib/arena/vote-lock";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { exclusionsByReason, readExcludedVotes, type ExcludedVote } from "@/lib/leaderboard/excluded-votes";
import { chooseTies } from "@/lib/leaderboard/choose-ties";
import { readLogCut } from "@/lib/leaderboard/log-cut";
import { among, readPairCounts } from "@/lib/leaderboard/pair-count-rows";
import { requestStyleRefit } from "@/lib/leaderboard/request-style-refit";
import { storeSnapshot } from "@/lib/leaderboard/store-snapshot";
import type { PairCount } from "@/lib/ratings/pair-counts";
import { buildSnapshot, hashInputs, type Snapshot, type SnapshotOptions } from "@/lib/ratings/snapshot";

/** How every board is fitted. */
const OPTIONS: SnapshotOptions = {};

type Inputs = { counts: Map<string, PairCount[]>; lastEvent: bigint; excluded: ExcludedVote[] };

/**
 * Fit a board anew, overall and for each category that has votes, into immutable snapshots. What has not changed
 * since its newest snapshot gets none. Ties are modelled as predicts unseen votes best (choose-ties.ts). Cost depends on
 * models, not on votes; the style-controlled fit, which needs the votes, is asked for and follows by itself.
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
    const { counts: byCategory, cut } = await readBetweenVotes(
      boardId,
      async () => ({ counts: await readPairCounts(boardId, tx), cut: await readLogCut(boardId, tx) }),
      tx,
    );
    const whole = among(byCategory.get("") ?? [], models);
    if (whole.length === 0) return { snapshotIds: [] };
    const tieChoice = await chooseTies({ boardId, counts: whole, models }, tx);
    const options: SnapshotOptions = tieChoice.best === "half" ? {} : { ties: tieChoice.best };
    const snapshotIds: string[] = [];
    for (const [category, all] of byCategory) {
      const counts = among(all, models);
      const options = { ...OPTIONS, exclusions: exclusionsByReason(inputs.excluded, category, models) };
      const newest = await tx.ratingSnapshot.findFirst({
        where: { boardId, category, control: "" },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        select: { inputsHash: true },
      });
      // A board whose last vote was excluded is ranked no more: that is news.
      if (counts.length === 0 && newest === null) continue;
      if (newest?.inputsHash === hashInputs(counts, models, options)) continue;
      const snapshot = buildSnapshot(counts, models, options);
      snapshotIds.push(await store({ boardId, category, snapshot, ...inputs }, tx));
    }
    return { snapshotIds };
  });
}
