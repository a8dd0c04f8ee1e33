import { fitsBoard, fitsBoardSql, parseSize } from "@/lib/boards/board-shape";
import { seedsTellSides } from "@/lib/boards/known-seeds";
import { MAY_BE_NAMED, namedSamples } from "@/lib/prompts/named-samples";
import { sourcesFor } from "@/lib/prompts/prompt-images";
import { db, type Tx } from "@/lib/db/client";
import type { Board, Run, SampleFailure } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { readJudgeScores } from "@/lib/judges/read-judge-scores";
import { readRunJudging } from "@/lib/judges/read-run-judging";
import { missingScores } from "@/lib/scoring/missing-scores";
import { readProgress } from "@/lib/runs/read-progress";
import { moneyOf, spentOf } from "@/lib/runs/money/run-money";
import { parametersOf } from "@/lib/runs/run-parameters";
import {
  controls,
  keptOffFor,
  mayChangeModel,
  maySeeRun,
  submittedBy,
  type Visitor,
} from "@/lib/models/visibility";
import { readCapability } from "@/lib/models/probe/capabilities";
import { listUploads } from "@/lib/samples/read-upload";
import { storedCaveat } from "@/lib/schemas/metrics/caveat";
import { storedRunFailure } from "@/lib/schemas/reasons/run-failure";
import type { RunView } from "@/lib/schemas/runs";
import { lookedAtSamples } from "@/lib/prompts/shown-states";
import { sampleAddress } from "@/lib/schemas/sample-address";

const RECENT = 24;
const FAILURES = 200;
const UPLOADS = 10;

/**
 * A run as its page shows it. Runs of models that are not listed exist for their submitter only, and for who has a link; of listed ones no sample of a
 * prompt in the arena is shown.
 * @throws SalonError not_found
 */
export async function readRun(ask: { runId: string } & Visitor, tx: Tx = db()): Promise<RunView> {
  const run = await tx.run.findUnique({
    where: { id: ask.runId },
    include: {
      model: { include: { endpoint: { select: { imageSize: true } } } },
      promptSet: {
        select: {
          name: true,
          ownerId: true,
          listed: true,
          boards: { orderBy: { createdAt: "asc" }, take: 1 },
          furtherOf: { orderBy: { board: { createdAt: "asc" } }, take: 1, include: { board: true } },
        },
      },
      // Of one metric the newest stands: a map keeps the last.
      metrics: { where: { promptsHash: "" }, orderBy: [{ createdAt: "asc" }, { id: "asc" }] },
      samples: {
        where: { ...namedSamples, ...lookedAtSamples },
        orderBy: [{ createdAt: "desc" }, { id: "desc" }],
        take: RECENT,
        select: {
          id: true,
          state: true,
          prompt: { select: { id: true, text: true, category: true, sourceArtifacts: true } },
        },
      },
      failures: {
        orderBy: { createdAt: "desc" },
        take: FAILURES,
        include: { prompt: { select: { text: true } } },
      },
    },
  });
  if (!run || !maySeeRun(run, ask)) throw new SalonError("not_found", "There is no such run.");
  const { model } = run;
  const mayRead = controls(model.submitterId, ask);
  const sources = sourcesFor(run.promptSet, ask);
  const total = run.promptCount * run.samplesPerPrompt;
  return {
    runId: run.id,
    state: run.state,
    source: run.source,
    label: run.label,
    parameters: run.source === "UPLOAD" ? null : parametersOf(run),
    capability: await readRunCapability(run, tx),
    failedFor: mayRead ? storedRunFailure.nullable().parse(run.failureReason) : null,
    pausedFor: run.pausedFor,
    weights: run.weights,
    supersededAt: run.supersededAt?.toISOString() ?? null,
    model: {
      slug: model.slug,
      name: model.name,
      creator: model.creator,
      listed: model.listed,
      submittedBy: submittedBy(model),
      keptOff: keptOffFor(model, ask.voterId),
      paradigm: model.paradigm,
      architecture: model.architecture,
      representation: model.representation,
      textConditioning: model.textConditioning,
    },
    promptSet: run.promptSet.name,
    total,
    ...(await readProgress(run, total, tx)),
    ...spentOf(run),
    money: mayRead && run.source === "ENDPOINT" ? moneyOf(run, total) : null,
    createdAt: run.createdAt.toISOString(),
    startedAt: run.startedAt?.toISOString() ?? null,
    finishedAt: run.finishedAt?.toISOString() ?? null,
    arena: await readArena(run, run.promptSet.boards[0] ?? run.promptSet.furtherOf[0]?.board, tx),
    recentSamples: run.samples.map(({ id, state, prompt }) => ({
      sampleId: id,
      url: sampleAddress({ id, state }),
      prompt: prompt.text,
      category: prompt.category,
      sources: sources(prompt),
    })),
    failureCodes: await countFailures(run.id, tx),
    failures: mayRead ? run.failures.map(failureView) : [],
    metrics: {
      ...Object.fromEntries(
        run.metrics.map(({ metric, value, low, high, n, protocolHash, caveat }) => [
          metric,
          { value, low, high, n, protocol: protocolHash, caveat: storedCaveat.nullable().parse(caveat) },
        ]),
      ),
      ...(await readJudgeScores([run.id], ask.voterId, tx)).get(run.id),
    },
    judging: await readRunJudging(run.id, ask, tx),
    unscored: run.state === "PUBLISHED" ? await missingScores(run.id, tx) : [],
    uploads: mayRead && run.source === "UPLOAD" ? await listUploads(run.id, UPLOADS, tx) : [],
    canControl: mayChangeModel(model, ask),
  };
}

const failureView = ({
  prompt,
  code,
  message,
  attempts,
}: SampleFailure & { prompt: { text: string } }): RunView["failures"][number] => ({
  prompt: prompt.text,
  code,
  message,
  attempts,
});

/** What the version of the endpoint that the run is of was found to do. */
const readRunCapability = (run: Run, tx: Tx) =>
  run.source === "UPLOAD" ? null : readCapability({ modelId: run.modelId, version: run.endpointVersion }, tx);

async function countFailures(runId: string, tx: Tx): Promise<RunView["failureCodes"]> {
  const codes = await tx.sampleFailure.groupBy({
    by: ["code"],
    where: { runId },
    _count: { _all: true },
    orderBy: [{ _count: { code: "desc" } }, { code: "asc" }],
  });
  return codes.map(({ code, _count }) => ({ code, count: _count._all }));
}

async function readArena(
  run: Run & { model: { endpoint: { imageSize: string } | null } },
  board: Board | undefined,
  tx: Tx,
): Promise<RunView["arena"]> {
  if (board === undefined) return null;
  const [counts] = await tx.$queryRaw<{ misshapen: number; withheld: number }[]>`
    select count(*) filter (where not ${fitsBoardSql(board)})::int as misshapen,
      count(*) filter (where not (${MAY_BE_NAMED}))::int as withheld
    from samples s
    join prompts p on p.id = s.prompt_id
    join models m on m.id = s.model_id
    join artifacts a on a.sha256 = s.artifact_hash
    where s.run_id = ${run.id}`;
  const asked = parseSize(run.imageSize ?? run.model.endpoint?.imageSize ?? "");
  return {
    width: board.imageWidth,
    height: board.imageHeight,
    fits: asked === null || fitsBoard(asked, board),
    seedsTellSides: seedsTellSides(run, board),
    ...counts,
  };
}
