import { recordChange } from "@/lib/audit/record-change";
import { promptSetsOf } from "@/lib/boards/board-prompts";
import { requireBoard } from "@/lib/boards/require-board";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { newId } from "@/lib/db/new-id";
import { SalonError } from "@/lib/errors";
import { maySee, type Asker } from "@/lib/models/visibility";
import { enqueueJudgesOf } from "@/lib/queue/requests/request-judging";
import { enqueueCommonScores } from "@/lib/queue/requests/request-common-scores";
import { requestRefit } from "@/lib/queue/requests/request-refit";
import { enqueueRescore } from "@/lib/scoring/request-rescore";
import type { MemberChange } from "@/lib/schemas/boards";

/**
 * Let a model onto a board, take it off, or choose which of its runs stands for it there; every choice is kept. Its votes stay
 * whatever happens. Doing it twice changes nothing.
 * @throws SalonError not_found for a board or model that who asks may not see; forbidden; conflict for a model of another task, or one
 *   that is not a member; invalid_request for a run that cannot stand for it
 */
export function changeMember(
  ask: { slug: string; model: string; change: MemberChange; by: Asker },
  tx?: Tx,
): Promise<void> {
  const { by, change } = ask;
  return atomically(tx, async (tx) => {
    const board = await requireBoard({ slug: ask.slug, by, to: "edit" }, tx);
    const model = await tx.model.findUnique({
      where: { slug: ask.model },
      include: { boards: { where: { boardId: board.id } } },
    });
    const known = by === "operator" || maySee(model, by) || !!model?.boards.length;
    if (model === null || model.removedAt !== null || !known) {
      throw new SalonError("not_found", `There is no model ${JSON.stringify(ask.model)}.`, {
        field: "model",
      });
    }
    if (model.modality !== board.modality) {
      throw new SalonError("conflict", `${model.name} does another task than this board is about.`);
    }
    const key = { boardId: board.id, modelId: model.id };
    const before = model.boards.at(0) ?? null;
    if (change.state !== undefined) {
      const state = change.state === "member" ? ("MEMBER" as const) : ("REMOVED" as const);
      await tx.boardModel.upsert({
        where: { boardId_modelId: key },
        create: { ...key, state },
        update: { state },
      });
    } else if (model.boards.length === 0) {
      throw new SalonError("conflict", `${model.name} does not stand on this board.`);
    }
    const sets = await promptSetsOf(board, tx);
    if (change.run !== undefined) await chooseRun(key, change.run, sets, tx);
    if (change.state === "member") await workForModel(model.id, sets, tx);
    await enqueueCommonScores(board.promptSetId, tx);
    await requestRefit(board.id, tx);
    const after = await tx.boardModel.findUnique({ where: { boardId_modelId: key } });
    await recordChange(tx, {
      by,
      action: "boards.edit",
      subject: { kind: "board", id: board.id, label: board.name },
      before: { model: model.name, state: before?.state ?? null, run: before?.runId ?? null },
      after: { model: model.name, state: after?.state ?? null, run: after?.runId ?? null },
    });
  });
}

async function chooseRun(
  key: { boardId: string; modelId: string },
  runId: string | null,
  promptSetIds: readonly string[],
  tx: Tx,
): Promise<void> {
  const run = runId === null ? null : await tx.run.findUnique({ where: { id: runId } });
  const stands =
    run?.modelId === key.modelId && promptSetIds.includes(run.promptSetId) && run.state === "PUBLISHED" && run.supersededAt === null; // prettier-ignore
  if (runId !== null && !stands) {
    throw new SalonError(
      "invalid_request",
      "Only a published run of the model over the board's prompts can stand for it.",
      { field: "run" },
    );
  }
  // "is distinct from": a plain inequality finds no row that has no run yet.
  const changed = await tx.$executeRaw`
    update board_models set run_id = ${runId}
    where board_id = ${key.boardId} and model_id = ${key.modelId} and run_id is distinct from ${runId}`;
  if (changed > 0) {
    await tx.boardRunChoice.create({ data: { id: newId("boardRunChoice"), ...key, runId } });
  }
}

/** Have what there is of a model that has just joined scored and judged as the board wants it. */
async function workForModel(modelId: string, promptSetIds: string[], tx: Tx): Promise<void> {
  const runs = await tx.run.findMany({
    where: { modelId, promptSetId: { in: promptSetIds }, state: "PUBLISHED", supersededAt: null },
    select: { id: true },
  });
  for (const { id } of runs) {
    await enqueueRescore(id, tx);
    await enqueueJudgesOf(id, tx);
  }
}
