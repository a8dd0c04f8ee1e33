import { db, type Tx } from "@/lib/db/client";
import { findBoard } from "@/lib/leaderboard/find-board";
import { findNewestSnapshot } from "@/lib/leaderboard/find-snapshot";
import { among, readPairCounts } from "@/lib/leaderboard/pair-count-rows";
import { snapshotDetails } from "@/lib/leaderboard/snapshot-details";
import { bradleyTerry } from "@/lib/ratings/bradley-terry";
import { sandwichCovariance } from "@/lib/ratings/covariance";
import { fragility } from "@/lib/ratings/fragility";
import { compareMethods } from "@/lib/ratings/method-comparison";
import { pairTable, type PairCount } from "@/lib/ratings/pair-counts";
import { dispersion, votesToSeparate } from "@/lib/ratings/power";
import { winRates } from "@/lib/ratings/win-rates";
import type { BoardAnalysis } from "@/lib/schemas/views";

type Named = { slug: string; name: string };

/** The analysis of each board's newest snapshot: snapshots never change, and seven fits take a while. */
const kept = new Map<string, { snapshotId: string; analysis: BoardAnalysis }>();

/**
 * What a board's votes say beyond its ranking: win rates seen and predicted, other methods' ranks, how few votes
 * hold up the first place, how many more would tell neighbours apart.
 * @throws SalonError "not_found" for an unknown board
 */
export async function readBoardAnalysis(
  input: { board: string; category?: string | null },
  tx: Tx = db(),
): Promise<BoardAnalysis> {
  const board = await findBoard(input.board, tx);
  const category = input.category ?? "";
  const snapshot = await findNewestSnapshot(board.id, category, tx);
  if (snapshot === null)
    return { models: [], pairs: [], methods: [], fragility: null, power: [], exclusions: [], notes: [] };
  const key = `${board.id}/${category}`;
  const known = kept.get(key);
  if (known?.snapshotId === snapshot.id) return known.analysis;

  const details = snapshotDetails.parse(snapshot.details);
  const ranked = snapshot.rows.filter((row) => row.rank !== null).map((row) => row.modelId);
  const models = await tx.model.findMany({
    where: { id: { in: ranked } },
    select: { id: true, slug: true, name: true },
  });
  const named = new Map(models.map(({ id, ...model }) => [id, model]));
  const counts = among((await readPairCounts(board.id, tx)).get(category) ?? [], ranked);
  const elo = await tx.eloRating.findMany({ where: { boardId: board.id, modelId: { in: ranked } } });
  const analysis = analyse(ranked, named, counts, details.notes);
  analysis.exclusions = details.options.exclusions ?? [];
  if (category === "") analysis.methods.push(byElo(elo, named));
  kept.set(key, { snapshotId: snapshot.id, analysis });
  return analysis;
}

/** @param ranked ids, best first */
function analyse(
  ranked: string[],
  named: ReadonlyMap<string, Named>,
  counts: readonly PairCount[],
  notes: string[],
): BoardAnalysis {
  const table = pairTable(counts, ranked);
  const fit = bradleyTerry(table);
  const covariance = sandwichCovariance(table, fit);
  const at = new Map(table.models.map((id, i) => [id, i]));
  const slug = (id: string) => named.get(id)!.slug;
  const name = (id: string) => named.get(id)!.name;
  const rates = winRates(table, fit.theta);
  const oriented = new Map(counts.map((count) => [`${count.a} ${count.b}`, count]));

  const pairs = ranked.flatMap((a) =>
    ranked
      .filter((b) => b !== a)
      .map((b) => {
        const forward = oriented.get(`${a} ${b}`);
        const count = forward ?? oriented.get(`${b} ${a}`);
        const [i, j] = [at.get(a)!, at.get(b)!];
        return {
          a: slug(a),
          b: slug(b),
          wins: (forward ? count?.winsA : count?.winsB) ?? 0,
          losses: (forward ? count?.winsB : count?.winsA) ?? 0,
          ties: count?.ties ?? 0,
          bothBad: count?.bothBad ?? 0,
          games: rates.games[i][j],
          observed: rates.observed[i][j],
          predicted: rates.predicted[i][j],
        };
      }),
  );

  const votes = counts.reduce((sum, c) => sum + c.winsA + c.winsB + c.ties + c.bothBad, 0);
  const noise = dispersion(table, fit.theta);
  const power = ranked.slice(1).map((b, k) => {
    const a = ranked[k];
    const plan = votesToSeparate(fit.theta, covariance, at.get(a)!, at.get(b)!, { votes, dispersion: noise });
    const { separated, directVotes, boardVotes } = plan;
    const text = separated
      ? `${name(a)} and ${name(b)} are told apart.`
      : directVotes === null
        ? `${name(a)} and ${name(b)} look equal: no number of votes would tell them apart.`
        : `About ${directVotes} more votes between ${name(a)} and ${name(b)} would tell them apart.`;
    return { a: slug(a), b: slug(b), separated, directVotes, boardVotes, text };
  });

  const weakness = fragility(table, fit);
  return {
    models: ranked.map((id) => named.get(id)!),
    pairs,
    methods: compareMethods(counts, ranked).map(({ method, description, ranks }) => ({
      name: method,
      label: description,
      ranks: ranked.map((id) => ({ model: slug(id), ...ranks[id] })),
    })),
    fragility: weakness && {
      votes: weakness.votes,
      share: weakness.share,
      first: slug(weakness.first),
      successor: slug(weakness.successor),
      text: `Without ${weakness.votes} of ${votes} votes ${name(weakness.successor)} would be first.`,
    },
    power,
    exclusions: [],
    notes,
  };
}

function byElo(
  rows: readonly { modelId: string; rating: number }[],
  named: ReadonlyMap<string, Named>,
): BoardAnalysis["methods"][number] {
  const ranks = rows.map(({ modelId, rating }) => {
    const rank = rows.filter((other) => other.rating > rating).length + 1;
    return { model: named.get(modelId)!.slug, rank, low: null, high: null, rating };
  });
  return { name: "elo", label: "Online Elo, which depends on the order of the votes", ranks };
}
