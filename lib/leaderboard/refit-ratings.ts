import { readBetweenVotes } from "@/lib/arena/vote-lock";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { onBoard } from "@/lib/leaderboard/board-models";
import { chooseTies } from "@/lib/leaderboard/choose-ties";
import { readAnswerCounts } from "@/lib/leaderboard/criterion-votes";
import { exclusionsByReason } from "@/lib/leaderboard/excluded-votes";
import { readLogCut } from "@/lib/leaderboard/log-cut";
import { among, readPairCounts } from "@/lib/leaderboard/pair-count-rows";
import { refitCriteria } from "@/lib/leaderboard/refit-criteria";
import { requestStyleRefit } from "@/lib/leaderboard/request-style-refit";
import { storeSnapshot } from "@/lib/leaderboard/store-snapshot";
import { buildSnapshot, type SnapshotOptions } from "@/lib/ratings/snapshot";
import { hashInputs } from "@/lib/ratings/inputs-hash";

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
      where: onBoard(board),
      select: { id: true },
    });
    const models = listed.map((model) => model.id).sort();
    const inputs = await readBetweenVotes(
      boardId,
      async () => ({
        counts: await readPairCounts(boardId, tx),
        answered: board.criteria.length === 0 ? [] : await readAnswerCounts(boardId, tx),
        cut: await readLogCut(boardId, tx),
      }),
      tx,
    );
    const { cut, answered } = inputs;
    const whole = among(inputs.counts.get("") ?? [], models);
    const tieChoice =
      whole.length === 0 ? undefined : await chooseTies({ boardId, counts: whole, models }, tx);
    const ties: SnapshotOptions =
      tieChoice === undefined || tieChoice.best === "half" ? {} : { ties: tieChoice.best };
    const snapshotIds: string[] = [];
    for (const [category, all] of inputs.counts) {
      const counts = among(all, models);
      const exclusions = exclusionsByReason(cut.excluded, category, models);
      await refitCriteria({ board, category, counts, answered, models, cut, exclusions }, tx);
      const options = { ...ties, exclusions };
      const newest = await tx.ratingSnapshot.findFirst({
        where: { boardId, category, control: "" },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        select: { inputsHash: true },
      });
      // A board whose last vote was excluded is ranked no more: that is news.
      if (counts.length === 0 && newest === null) continue;
      if (newest?.inputsHash === hashInputs(counts, models, options)) continue;
      const snapshot = buildSnapshot(counts, models, options);
      snapshotIds.push(await storeSnapshot({ boardId, category, control: "", snapshot, cut, tieChoice }, tx));
    }
    if (whole.length > 0) await requestStyleRefit(boardId, tx);
    return { snapshotIds };
  });
}
