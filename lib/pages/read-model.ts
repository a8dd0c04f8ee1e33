import { onBoard } from "@/lib/boards/board-models";
import type { LeaderboardRow } from "@/lib/schemas/leaderboard";
import { MAY_BE_NAMED } from "@/lib/prompts/named-samples";
import { db, type Tx } from "@/lib/db/client";
import { Prisma, type Board, type Model } from "@/lib/db/generated/client";
import { readRevision } from "@/lib/edits/claim-edit";
import { SalonError } from "@/lib/errors";
import { findNewestSnapshot, type SnapshotWithRows } from "@/lib/snapshots/find-snapshot";
import { findPredictions } from "@/lib/snapshots/snapshot-analysis";
import { readModelFacts } from "@/lib/scores/model-facts";
import { readPairCounts } from "@/lib/boards/pair-count-rows";
import { gamesOf, type PairCount } from "@/lib/ratings/pair-counts";
import { readTest } from "@/lib/models/probe/capabilities";
import { isToday, ownPromptsToday } from "@/lib/models/own-prompts";
import {
  controls,
  isOwn,
  keptOffFor,
  maySee,
  submittedBy,
  type Viewer,
  type Visitor,
} from "@/lib/models/visibility";
import { thinnedSnapshots } from "@/lib/rankings/rating-history";
import { findFirstJudged, readBoardRows } from "@/lib/pages/board-rows";
import { readJudgesOfBoard } from "@/lib/pages/read-with-judge";
import { licenceOf, parameterCountOf } from "@/lib/models/weights-facts";
import { parametersOf } from "@/lib/runs/run-parameters";
import { findPreset } from "@/lib/schemas/catalogue/catalogue";
import { publishedOf } from "@/lib/schemas/catalogue/published";
import { readDrift } from "@/lib/runs/drift/read-drift";
import type { ModelView, RunSummary } from "@/lib/schemas/views";
import type { SampleState } from "@/lib/db/generated/enums";
import { lookedAt } from "@/lib/prompts/shown-states";
import { sampleAddress } from "@/lib/schemas/sample-address";

const SAMPLES = 100;
const RUNS = 20;
const PRICES = 50;
const OPPONENTS = 100;
const HISTORY_POINTS = 120;

/**
 * A model's page: facts, row, samples, head-to-head, history, runs. An unlisted model exists only for its submitter and admins.
 * @throws SalonError "not_found"; "hidden" where the operator took it off the site
 */
export async function readModel(input: { slug: string } & Viewer, tx: Tx = db()): Promise<ModelView> {
  const model = await tx.model.findUnique({ where: { slug: input.slug } });
  const isWaiting = model?.bundled && model.hiddenAt === null; // for its first run
  if (model === null || !(isWaiting || maySee(model, input))) {
    if (model?.hiddenAt && model.removedAt === null) {
      throw new SalonError("hidden", "The operator of this site has hidden this model.");
    }
    throw new SalonError("not_found", `There is no model ${JSON.stringify(input.slug)}.`);
  }
  const revision = await readRevision({ kind: "model", id: model.id }, tx);
  const board = await findStanding(model.id, { voterId: input.voterId ?? null }, tx);
  const snapshot = board && (await findNewestSnapshot(board.id, "", tx));
  const row = board && (await readOwnRow(model.id, board, snapshot, tx));
  const tested = await readTest({ modelId: model.id }, tx);
  const facts = (await readModelFacts([model.id], null, tx)).facts.get(model.id);
  return {
    id: model.id,
    revision,
    slug: model.slug,
    name: model.name,
    creator: model.creator,
    task: model.modality,
    description: model.description,
    bundled: model.bundled,
    submittedBy: submittedBy(model),
    listed: model.listed,
    keptOff: keptOffFor(model, input.voterId),
    own: isOwn(model, input.voterId),
    canChange: input.managesAll === true || isOwn(model, input.voterId),
    ownPrompts: isOwn(model, input.voterId) ? await readOwnPrompts(model.id, tx) : null,
    paradigm: model.paradigm,
    architecture: model.architecture,
    representation: model.representation,
    textConditioning: model.textConditioning,
    openWeights: model.openWeights,
    licence: licenceOf(model),
    parameters: parameterCountOf(model),
    released: model.releasedAt?.toISOString().slice(0, 10) ?? null,
    pricePerImageUsd: model.pricePerImageUsd?.toNumber() ?? null,
    endpoint:
      input.managesAll === true || isOwn(model, input.voterId) ? await readEndpoint(model.id, tx) : null,
    drift: await readDrift(model, { watches: controls(model.submitterId, watcherOf(input)) }, tx),
    capability: tested?.capability ?? null,
    testProblem: isOwn(model, input.voterId) ? (tested?.failure ?? null) : null,
    prices: await readPrices(model.id, tx),
    elsewhere: elsewhereOf(model.preset),
    spent: isOwn(model, input.voterId) ? await readSpent(model.id, tx) : null,
    board: board && { slug: board.slug, name: board.name, description: board.description },
    row: row?.rank === null ? null : row,
    metrics: facts?.metrics ?? {},
    bestRun: facts ? await readBestRun(facts, tx) : null,
    samples: await readSamples(model.id, tx),
    headToHead: board ? await readHeadToHead(model, board, snapshot, tx) : [],
    history: board ? await readHistory(model.id, board.id, tx) : [],
    runs: await readRuns(model, tx),
  };
}

function elsewhereOf(id: string | null): ModelView["elsewhere"] {
  const preset = id === null ? null : findPreset(id);
  const published = preset === null ? [] : publishedOf(preset.id);
  return preset === null || published.length === 0 ? null : { name: preset.name, published };
}

async function readBestRun(
  { runId, files }: Omit<NonNullable<ModelView["bestRun"]>, "parameters">,
  tx: Tx,
): Promise<ModelView["bestRun"]> {
  const run = await tx.run.findUniqueOrThrow({ where: { id: runId } });
  return { runId, files, parameters: parametersOf(run) };
}

/** Who looks, as who asks for a change. */
const watcherOf = ({ voterId = null, managesAll, runsSite }: Viewer): Visitor => ({
  voterId,
  managesAll,
  runsSite,
});

/** What an image of it has cost since when, newest first. */
async function readPrices(modelId: string, tx: Tx): Promise<ModelView["prices"]> {
  const rows = await tx.modelPrice.findMany({
    where: { modelId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: PRICES,
  });
  return rows.map(({ pricePerImageUsd, source, byOperator, createdAt }) => ({
    pricePerImageUsd: pricePerImageUsd?.toNumber() ?? null,
    source,
    by: byOperator ? "operator" : "submitter",
    at: createdAt.toISOString(),
  }));
}

/** What all calls of its endpoint have cost, in runs and outside of them. */
async function readSpent(modelId: string, tx: Tx): Promise<ModelView["spent"]> {
  const columns = { spentToldUsd: true, spentEstimateUsd: true } as const;
  const runs = await tx.run.aggregate({ where: { modelId }, _sum: columns });
  const besides = await tx.endpoint.findUnique({ where: { modelId }, select: columns });
  const sum = (column: keyof typeof columns) =>
    (runs._sum[column] ?? new Prisma.Decimal(0)).plus(besides?.[column] ?? 0);
  const [told, estimated] = [sum("spentToldUsd"), sum("spentEstimateUsd")];
  return { usd: told.plus(estimated).toNumber(), estimatedUsd: estimated.toNumber() };
}

async function readEndpoint(modelId: string, tx: Tx): Promise<ModelView["endpoint"]> {
  const endpoint = await tx.endpoint.findUnique({ where: { modelId } });
  if (endpoint === null) return null;
  const { baseUrl: url, format, formatOptions, providerModel, imageSize, concurrency, version } = endpoint;
  const [keyEnds, hasKey] = [endpoint.apiKeyLast4, endpoint.apiKeySealed !== null];
  const timeoutSeconds = endpoint.timeoutMs / 1000;
  return {
    ...{ url, format, formatOptions, providerModel, imageSize, concurrency, timeoutSeconds },
    ...{ version, keyEnds, hasKey },
  };
}

async function readOwnPrompts(modelId: string, tx: Tx): Promise<ModelView["ownPrompts"]> {
  const endpoint = await tx.endpoint.findUnique({ where: { modelId } });
  if (endpoint === null) return null;
  const now = Date.now();
  return {
    perDay: endpoint.ownPromptsPerDay,
    used: ownPromptsToday(endpoint, now),
    usd: isToday(endpoint.ownPromptsDay, now) ? endpoint.ownPromptsUsd.toNumber() : 0,
  };
}

async function readSamples(modelId: string, tx: Tx): Promise<ModelView["samples"]> {
  const rows = await tx.$queryRaw<(Omit<ModelView["samples"][number], "url"> & { state: SampleState })[]>`
    select sample_id as "sampleId", state, prompt, category, all_correct as "allCorrect" from (
      select distinct on (p.id) s.id as sample_id, s.state, p.text as prompt, p.category, p.index, g.all_correct
      from samples s
      join models m on m.id = s.model_id
      join prompts p on p.id = s.prompt_id and ${MAY_BE_NAMED}
      join runs r on r.id = s.run_id and r.superseded_at is null
      left join grades g on g.artifact_hash = s.artifact_hash and g.prompt_id = p.id
      where s.model_id = ${modelId} and ${lookedAt()}
      order by p.id, s.id desc, g.grader_id desc
    ) newest order by index limit ${SAMPLES}`;
  return rows.map(({ state, ...row }) => ({ ...row, url: sampleAddress({ id: row.sampleId, state }) }));
}

/** The oldest board that a model stands on and that who asks may see; null: none. */
function findStanding(modelId: string, by: { voterId: string | null }, tx: Tx): Promise<Board | null> {
  const { voterId } = by;
  const theirs = voterId === null ? [] : [{ ownerId: voterId }, { guests: { some: { voterId } } }];
  return tx.board.findFirst({
    where: {
      members: { some: { modelId, state: "MEMBER" } },
      OR: [{ seenBy: "EVERYONE" }, ...theirs],
    },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

/** The model's row on a board; null: it has none. */
async function readOwnRow(
  modelId: string,
  board: Board,
  snapshot: SnapshotWithRows | null,
  tx: Tx,
): Promise<LeaderboardRow | null> {
  const judged = await findFirstJudged(board, await readJudgesOfBoard(board.id, tx), "", tx);
  const { rows } = await readBoardRows(board, { snapshot, judged }, tx, [modelId]);
  return rows[0] ?? null;
}

async function readHeadToHead(
  model: Model,
  board: Board,
  snapshot: SnapshotWithRows | null,
  tx: Tx,
): Promise<ModelView["headToHead"]> {
  const own = (await readPairCounts(board, tx, { modelId: model.id })).get("")!;
  const met = new Map(own.map((count) => [count.a === model.id ? count.b : count.a, count]));
  const rating = new Map(
    snapshot?.rows.filter((row) => row.rank !== null).map((row) => [row.modelId, row.rating]),
  );
  const predicted = await findPredictions(board.id, model.id, tx);
  const opponents = await tx.model.findMany({
    where: { id: { in: mostMet(met) }, ...onBoard(board) },
    select: { id: true, slug: true, name: true },
  });
  const rows = opponents.map(({ id, ...opponent }) => {
    const count = met.get(id)!;
    const isA = count.a === model.id;
    return {
      opponent,
      wins: isA ? count.winsA : count.winsB,
      losses: isA ? count.winsB : count.winsA,
      ties: count.ties,
      bothBad: count.bothBad,
      predicted: predicted.get(id) ?? null,
      rating: rating.get(id) ?? -Infinity,
    };
  });
  return rows.sort((x, y) => y.rating - x.rating).map(({ rating: _, ...row }) => row);
}

/** Those whom a model has met most. */
function mostMet(met: ReadonlyMap<string, PairCount>): string[] {
  const most = [...met].sort(([, x], [, y]) => gamesOf(y) - gamesOf(x));
  return most.slice(0, OPPONENTS).map(([id]) => id);
}

async function readHistory(modelId: string, boardId: string, tx: Tx): Promise<ModelView["history"]> {
  const ids = await thinnedSnapshots(boardId, "", HISTORY_POINTS, tx);
  const rows = await tx.ratingSnapshotRow.findMany({
    where: { modelId, snapshotId: { in: ids }, rank: { not: null } },
    select: { rating: true, low: true, high: true, snapshot: { select: { createdAt: true, votes: true } } },
    orderBy: { snapshot: { createdAt: "asc" } },
  });
  return rows.map(({ snapshot, ...point }) => ({
    createdAt: snapshot.createdAt.toISOString(),
    ...point,
    votes: snapshot.votes,
  }));
}

async function readRuns(model: Model, tx: Tx): Promise<RunSummary[]> {
  const runs = await tx.run.findMany({
    where: { modelId: model.id },
    orderBy: { id: "desc" },
    take: RUNS,
    include: { _count: { select: { samples: true, failures: true } } },
  });
  return runs.map((run) => ({
    runId: run.id,
    model: { slug: model.slug, name: model.name },
    state: run.state,
    source: run.source,
    label: run.label,
    total: run.promptCount * run.samplesPerPrompt,
    done: run._count.samples + run._count.failures,
    createdAt: run.createdAt.toISOString(),
    finishedAt: run.finishedAt?.toISOString() ?? null,
    superseded: run.supersededAt !== null,
  }));
}
