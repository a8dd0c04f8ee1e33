import { onBoard } from "@/lib/boards/board-models";
import { db, type Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { criterionDetails, unpackFits, type CriterionDetails } from "@/lib/snapshots/criterion-details";
import { findBoard } from "@/lib/boards/find-board";
import { weightedRows } from "@/lib/ratings/log/weighted-rows";
import type { WeightedBoard } from "@/lib/schemas/leaderboard";
import type { CriterionNote } from "@/lib/schemas/fit-note";
import { CRITERIA, OVERALL, type Criterion } from "@/lib/schemas/criteria";

export type Weights = Partial<Record<Criterion | typeof OVERALL, number>>;

/** Fits of each board's newest snapshot: a slider asks many times. */
const kept = new Map<string, { id: string; fits: ReturnType<typeof unpackFits> }>();

/**
 * A board by a reader's own weights of its criteria, from their newest fit; all weight on overall unless told.
 * @throws SalonError "not_found" for an unknown board, "invalid_request" for a criterion it does not ask about, and when
 * no criterion that has votes has weight
 */
export async function readWeightedBoard(
  input: { board: string; category?: string | null; weights?: Weights },
  tx: Tx = db(),
): Promise<WeightedBoard> {
  const board = await findBoard(input.board, tx);
  const category = input.category || null;
  const offered = [OVERALL, ...CRITERIA.filter((name) => board.criteria.includes(name))] as const;
  const unknown = Object.keys(input.weights ?? {}).find((name) => !offered.some((other) => other === name));
  if (unknown !== undefined) {
    throw new SalonError("invalid_request", `This board asks about ${offered.join(", ")}, not ${unknown}.`, {
      field: unknown,
    });
  }
  const asked = input.weights ?? {};
  const isAsked = Object.values(asked).some((weight) => weight > 0);
  if (!isAsked && Object.keys(asked).length > 0) {
    throw new SalonError("invalid_request", "Give at least one criterion some weight.", { field: OVERALL });
  }
  const weightOf = (name: (typeof offered)[number]) =>
    isAsked ? (asked[name] ?? 0) : name === OVERALL ? 1 : 0;
  const total = offered.reduce((sum, name) => sum + weightOf(name), 0);

  const snapshot = await tx.criterionSnapshot.findFirst({
    where: { boardId: board.id, category: category ?? "" },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    select: { id: true, inputsHash: true, createdAt: true, details: true },
  });
  const details = snapshot && criterionDetails.parse(snapshot.details);
  const fitOf = (name: string) => details?.fits[details.criteria.indexOf(name)];
  const response: WeightedBoard = {
    board: board.slug,
    category,
    criteria: offered.map((name) => ({
      criterion: name,
      votes: fitOf(name)?.votes ?? 0,
      weight: weightOf(name) / total,
    })),
    ties: details?.options.ties ?? "half",
    snapshot: snapshot && {
      id: snapshot.id,
      inputsHash: snapshot.inputsHash,
      createdAt: snapshot.createdAt.toISOString(),
    },
    rows: [],
    unrated: [],
    notes: [],
  };
  if (snapshot === null || details === null) return response;

  const silent = offered.find((name) => weightOf(name) > 0 && fitOf(name) === undefined);
  if (silent !== undefined) {
    response.notes.push({ code: "unanswered", criterion: silent });
    return response;
  }
  const fits = await readFits(`${board.id}/${category ?? ""}`, snapshot.id, details, tx);
  const weights = details.criteria.map((name) => weightOf(name as (typeof offered)[number]));
  const rows = weightedRows(
    fits,
    details.fits.map((fit) => fit.games),
    weights,
  );
  const models = await tx.model.findMany({
    where: { id: { in: details.models }, ...onBoard(board) },
    select: { id: true, slug: true, name: true },
    orderBy: { name: "asc" },
  });
  const named = new Map(models.map(({ id, slug: model, name }) => [id, { model, name }]));
  response.rows = rows.flatMap(({ model: id, rating, low, high, rank, rankLow, rankHigh }) => {
    const model = named.get(id);
    named.delete(id);
    return model === undefined
      ? []
      : [{ ...model, rank, rankLow, rankHigh, rating, ratingLow: low, ratingHigh: high }];
  });
  response.unrated = [...named.values()];
  response.notes = details.criteria.flatMap((name, c) =>
    weights[c] > 0 ? remarks(name as (typeof offered)[number], details.fits[c]) : [],
  );
  return response;
}

async function readFits(key: string, id: string, details: CriterionDetails, tx: Tx) {
  const known = kept.get(key);
  if (known?.id === id) return known.fits;
  const stored = await tx.criterionSnapshot.findUniqueOrThrow({
    where: { id },
    select: { strengths: true, covariance: true },
  });
  const fits = unpackFits(stored, details);
  kept.set(key, { id, fits });
  return fits;
}

function remarks(
  criterion: CriterionNote["criterion"],
  fit: CriterionDetails["fits"][number],
): CriterionNote[] {
  if (!fit.connected) return [{ code: "disconnected", criterion }];
  return fit.separated ? [{ code: "separated", criterion }] : [];
}
