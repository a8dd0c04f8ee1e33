import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { packFits, type CriterionDetails } from "@/lib/snapshots/criterion-details";
import { criterionVotes, type AnswerCount } from "@/lib/votes/criterion-votes";
import type { LogCut } from "@/lib/snapshots/log-position";
import { countCriterion, fitCriteria, hashCriteria, type CriterionFits } from "@/lib/ratings/multi-criterion";
import { gamesOf, type PairCount } from "@/lib/ratings/pair-counts";
import { METHODOLOGY_VERSION } from "@/lib/ratings/inputs-hash";
import type { TieModel } from "@/lib/ratings/tie-fit";
import { OVERALL } from "@/lib/schemas/criteria";

export type CriteriaToFit = {
  board: { id: string; criteria: string[] };
  category: string;
  /** Of the board's models in this category, by overall outcome. */
  counts: readonly PairCount[];
  answered: readonly AnswerCount[];
  models: string[];
  cut: LogCut;
  exclusions: { reason: string; votes: number }[] | undefined;
  ties: TieModel;
};

/** A fit that {@link storeCriteria} keeps. */
export type CriteriaFit = Awaited<ReturnType<typeof fitBoardCriteria>>;

/**
 * Fit a board by each of its criteria that have votes, jointly. All of them by the board's model of ties: strengths of different ones
 * cannot be weighed together, and so all weight on overall is the ranking itself.
 * @returns null without answers or news
 */
export async function fitBoardCriteria(input: CriteriaToFit, db: Tx) {
  const { board, category, models, cut, exclusions } = input;
  if (board.criteria.length === 0) return null;
  const votes = criterionVotes({ ...cut, category }, input.counts, input.answered);
  const spoken = board.criteria.filter((name) => votes.some(({ outcomes }) => outcomes[name] !== undefined));
  const newest = await newestHash(board.id, category, db);
  if (spoken.length === 0 && newest === null) return null;
  const criteria = [OVERALL, ...spoken];
  const options = { exclusions, ...(input.ties !== "half" && { ties: input.ties }) };
  const inputsHash = hashCriteria(votes, criteria, models, options);
  if (newest === inputsHash) return null;
  const fits = fitCriteria(votes, criteria, models, input.ties);
  const counts = criteria.map((name) => countCriterion(votes, name));
  const details: CriterionDetails = {
    models: fits.models,
    criteria,
    lastEvent: cut.lastEvent,
    exclusions: cut.exclusions,
    countsLiveVotes: cut.countsLiveVotes,
    options,
    fits: counts.map((own, c) => describe(own, fits, c)),
  };
  return { boardId: board.id, category, inputsHash, details, fits };
}

/** Keep a fit, for good, unless it is the newest already. */
export async function storeCriteria(
  { boardId, category, inputsHash, details, fits }: NonNullable<CriteriaFit>,
  tx: Tx,
): Promise<void> {
  if ((await newestHash(boardId, category, tx)) === inputsHash) return;
  await tx.criterionSnapshot.create({
    data: {
      id: newId("criterionSnapshot"),
      boardId,
      category,
      methodology: METHODOLOGY_VERSION,
      inputsHash,
      votes: details.fits[0].votes,
      details: {
        ...details,
        lastEvent: String(details.lastEvent),
        exclusions: details.exclusions.map(String),
      },
      ...packFits(fits),
      // Not the transaction's start: that may lie before an earlier refit's.
      createdAt: new Date(),
    },
  });
}

async function newestHash(boardId: string, category: string, tx: Tx): Promise<string | null> {
  const newest = await tx.criterionSnapshot.findFirst({
    where: { boardId, category },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { inputsHash: true },
  });
  return newest?.inputsHash ?? null;
}

function describe(counts: readonly PairCount[], { models, fits }: CriterionFits, c: number) {
  const games = new Map(models.map((id) => [id, 0]));
  for (const count of counts) {
    for (const id of [count.a, count.b]) games.set(id, games.get(id)! + gamesOf(count));
  }
  const { graph, gradientNorm } = fits[c];
  return {
    votes: counts.reduce((sum, count) => sum + gamesOf(count), 0),
    games: [...games.values()],
    connected: graph.connected,
    separated: graph.separated,
    gradientNorm,
  };
}
