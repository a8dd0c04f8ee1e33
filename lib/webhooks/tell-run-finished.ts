import { overSets } from "@/lib/boards/board-prompts";
import { readBoardRole, refusalOf } from "@/lib/boards/require-board";
import type { Tx } from "@/lib/db/client";
import type { Board, Model } from "@/lib/db/generated/client";
import { controls, isOwn, maySee } from "@/lib/models/visibility";
import { runFailureText } from "@/lib/schemas/reasons/failure-text";
import { storedRunFailure } from "@/lib/schemas/reasons/run-failure";
import { storedCaveat } from "@/lib/schemas/metrics/caveat";
import { findListeners, type Listener } from "@/lib/webhooks/find-listeners";
import { writeEvent } from "@/lib/webhooks/write-event";

/**
 * Tell that a run has ended: published, with its scores, failed or cancelled. Called in the transaction that ends it, once the model
 * is listed if it is to be. Who runs a board is told of runs over its prompts, of members that everyone, or they themselves, may see.
 */
export async function tellRunFinished(runId: string, tx: Tx): Promise<void> {
  const run = await tx.run.findUniqueOrThrow({
    where: { id: runId },
    include: { model: true, promptSet: { select: { slug: true } } },
  });
  const { model } = run;
  const boards = await tx.board.findMany({
    where: { ...overSets([run.promptSetId]), members: { some: { modelId: model.id, state: "MEMBER" } } },
  });
  const about = { models: [model.id], boards: boards.map(({ id }) => id) };
  const told: Listener[] = [];
  for (const listener of await findListeners("run_finished", about, tx)) {
    if (await mayBeTold(listener, model, boards, tx)) told.push(listener);
  }
  if (told.length === 0) return;
  const [generated, failed, metrics] = await Promise.all([
    tx.sample.count({ where: { runId } }),
    tx.sampleFailure.count({ where: { runId } }),
    readScores(runId, tx),
  ]);
  const facts = {
    run: run.id,
    state: run.state,
    source: run.source,
    label: run.label,
    model: { slug: model.slug, name: model.name },
    promptSet: run.promptSet.slug,
    samples: { total: run.promptCount * run.samplesPerPrompt, generated, failed },
    finishedAt: run.finishedAt?.toISOString() ?? null,
    path: `/runs/${run.id}`,
  };
  for (const listener of told) {
    const failedFor = controls(model.submitterId, listener.by)
      ? storedRunFailure.nullable().parse(run.failureReason)
      : null;
    const failureReason = failedFor && runFailureText(failedFor);
    await writeEvent(listener, "run_finished", { ...facts, failureReason, failedFor, metrics }, tx);
  }
}

async function mayBeTold(listener: Listener, model: Model, boards: Board[], tx: Tx): Promise<boolean> {
  const { by } = listener;
  if (by === "operator") return true;
  if (listener.modelId !== null) return isOwn(model, by.voterId);
  const board = boards.find(({ id }) => id === listener.boardId);
  if (board === undefined || !maySee(model, by)) return false;
  return refusalOf(board, await readBoardRole(board, by, tx), "edit") === null;
}

/** A run's scores as the API shows them: of one metric the newest stands. Judges' follow after a run has ended. */
async function readScores(runId: string, tx: Tx) {
  const rows = await tx.metricResult.findMany({
    where: { runId, promptsHash: "" },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return Object.fromEntries(
    rows.map(({ metric, value, low, high, n, protocolHash, caveat }) => [
      metric,
      { value, low, high, n, protocol: protocolHash, caveat: storedCaveat.nullable().parse(caveat) },
    ]),
  );
}
