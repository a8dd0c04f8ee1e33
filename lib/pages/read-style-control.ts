import { besideBaseline } from "@/lib/pages/beside-baseline";
import type { FoundBoard } from "@/lib/boards/find-board";
import type { Tx } from "@/lib/db/client";
import { styleOfBoard } from "@/lib/boards/board-style";
import { findNewestSnapshot, type SnapshotWithRows } from "@/lib/snapshots/find-snapshot";
import { hasSeenExclusions } from "@/lib/snapshots/excluded-votes";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import { readStyleVotes } from "@/lib/rankings/style-votes";
import { POINTS_PER_LOGIT } from "@/lib/ratings/scale";
import { countStyleVotes, styleVotesNeeded } from "@/lib/ratings/style-snapshot";
import type { StyleControl } from "@/lib/schemas/leaderboard";

/**
 * A board's newest style-controlled snapshot with what it found, or why there is none.
 * @param plain the newest snapshot without control
 */
export async function readStyleControl(
  board: FoundBoard,
  category: string,
  plain: SnapshotWithRows | null,
  tx: Tx,
): Promise<{ snapshot: SnapshotWithRows | null; control: StyleControl }> {
  const votesOfBoard = plain?.votes ?? 0;
  const snapshot = await findNewestSnapshot(board.id, category, tx, "style");
  const details = snapshot && snapshotDetails.parse(snapshot.details);
  const effects = details?.style;
  if (!snapshot || !effects || !hasSeenExclusions(details, plain)) {
    const { missing, votes } = await whatIsMissing(board, category, plain, tx);
    const control = { fitted: false, missing, votes, votesOfBoard, effects: [], leftOut: [], moves: [] };
    return { snapshot: null, control };
  }
  const moves = await besideBaseline(board, snapshot, effects.baseline, tx);
  return {
    snapshot,
    control: {
      fitted: true,
      missing: null,
      votes: snapshot.votes,
      votesOfBoard: Math.max(votesOfBoard, snapshot.votes),
      effects: effects.coefficients
        .map(({ name, standardised, low, high, deviation }) => ({
          name,
          points: standardised * POINTS_PER_LOGIT,
          low: low * deviation * POINTS_PER_LOGIT,
          high: high * deviation * POINTS_PER_LOGIT,
        }))
        .sort((x, y) => Math.abs(y.points) - Math.abs(x.points)),
      leftOut: effects.leftOut,
      moves: moves.map(({ names, row: { rank, rating }, was }) => ({
        ...names,
        ...{ rank, rating, rankAsVoted: was.rank, ratingAsVoted: was.rating },
      })),
    },
  };
}

async function whatIsMissing(
  board: FoundBoard,
  category: string,
  plain: SnapshotWithRows | null,
  tx: Tx,
): Promise<{ missing: NonNullable<StyleControl["missing"]>; votes: number }> {
  if (plain === null) return { missing: { code: "no_votes" }, votes: 0 };
  const { models, lastEvent, exclusions, countsLiveVotes } = snapshotDetails.parse(plain.details);
  // More than a fit could ask for need not be read to say that it will come.
  const { measureId, features } = styleOfBoard(board);
  const limit = styleVotesNeeded(models.length + features.length + 1);
  const { byCategory, unmeasured } = await readStyleVotes(
    { boardId: board.id, models, lastEvent, exclusions, countsLiveVotes, category, limit, measureId },
    tx,
  );
  if (unmeasured > 0) return { missing: { code: "unmeasured", images: unmeasured }, votes: 0 };
  const { votes, needed } = countStyleVotes(byCategory.get(category) ?? [], features);
  const missing =
    votes < needed ? ({ code: "too_few_votes", votes, needed } as const) : ({ code: "being_made" } as const);
  return { missing, votes };
}
