import { onBoard } from "@/lib/boards/board-models";
import { db, type Tx } from "@/lib/db/client";
import { findBoard } from "@/lib/boards/find-board";
import { findAnalysis, type SnapshotAnalysis } from "@/lib/snapshots/snapshot-analysis";
import { snapshotDetails } from "@/lib/snapshots/snapshot-details";
import type { BoardAnalysis } from "@/lib/schemas/board-analysis";

type Named = ReadonlyMap<string, { slug: string; name: string }>;

const NONE: BoardAnalysis = {
  snapshot: null,
  models: [],
  pairs: [],
  methods: [],
  fragility: null,
  power: [],
  ties: null,
  exclusions: [],
  notes: [],
};

/**
 * What a board's votes say beyond its ranking, as the newest analysis found it: win rates seen and predicted, other methods' ranks,
 * how few votes hold up the first place, how many more would tell neighbours apart. Nothing is fitted here.
 * @throws SalonError "not_found" for an unknown board
 */
export async function readBoardAnalysis(
  input: { board: string; category?: string | null },
  tx: Tx = db(),
): Promise<BoardAnalysis> {
  const board = await findBoard(input.board, tx);
  const category = input.category ?? "";
  const stored = await findAnalysis(board.id, category, tx);
  if (stored === null) return NONE;
  const { snapshot, analysis } = stored;
  const ranked = snapshot.rows.filter((row) => row.rank !== null).map((row) => row.modelId);
  const models = await tx.model.findMany({
    where: { id: { in: ranked }, ...onBoard(board) },
    select: { id: true, slug: true, name: true },
  });
  // A model was taken off the board since: until the next analysis nothing may name it, and what is said of the others has it in it.
  if (models.length < ranked.length) return NONE;
  const { options, tieChoice, notes } = snapshotDetails.parse(snapshot.details);
  const named = new Map(models.map(({ id, ...model }) => [id, model]));
  const elo =
    category === ""
      ? await tx.eloRating.findMany({ where: { boardId: board.id, modelId: { in: ranked } } })
      : [];
  const { methods, ...said } = withSlugs(analysis, ranked, named);
  return {
    snapshot: { id: snapshot.id, votes: snapshot.votes, createdAt: snapshot.createdAt.toISOString() },
    models: ranked.map((id) => named.get(id)!),
    ...said,
    methods: [...methods, ...(elo.length > 0 ? [byElo(elo, named)] : [])],
    ties: tieChoice
      ? { used: options.ties ?? "half", votes: tieChoice.votes, losses: tieChoice.losses }
      : null,
    exclusions: options.exclusions ?? [],
    notes,
  };
}

function withSlugs(
  { pairs, methods, fragility }: SnapshotAnalysis,
  ranked: readonly string[],
  named: Named,
): Pick<BoardAnalysis, "pairs" | "methods" | "fragility" | "power"> {
  const slug = (id: string) => named.get(id)!.slug;
  const planned = new Map(pairs.map((pair) => [`${pair.a} ${pair.b}`, pair]));
  return {
    pairs: pairs.map((pair) => ({ ...pair, a: slug(pair.a), b: slug(pair.b) })),
    methods: methods.map(({ ranks, ...method }) => ({
      ...method,
      ranks: ranks.map(({ model, ...rank }) => ({ model: slug(model), ...rank })),
    })),
    fragility: fragility && {
      ...fragility,
      first: slug(fragility.first),
      successor: slug(fragility.successor),
    },
    power: ranked.slice(1).map((below, k) => {
      const { a, b, separated, directVotes, boardVotes } = planned.get(`${ranked[k]} ${below}`)!;
      return { a: slug(a), b: slug(b), separated, directVotes, boardVotes };
    }),
  };
}

function byElo(
  rows: readonly { modelId: string; rating: number }[],
  named: Named,
): BoardAnalysis["methods"][number] {
  const ranks = rows.map(({ modelId, rating }) => {
    const rank = rows.filter((other) => other.rating > rating).length + 1;
    return { model: named.get(modelId)!.slug, rank, low: null, high: null, rating };
  });
  return { name: "elo", own: false, independent: false, ranks };
}
