import { recordChange } from "@/lib/audit/record-change";
import { requireDiskSpace } from "@/lib/artifacts/disk-space";
import { promptSetsOf } from "@/lib/boards/board-prompts";
import { joinBoard } from "@/lib/boards/join-board";
import { requireBoard } from "@/lib/boards/require-board";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { lockModel } from "@/lib/models/lock-model";
import type { Asker } from "@/lib/models/visibility";
import { findPromptSet } from "@/lib/prompts/find-prompt-set";
import { requireSampleRoom } from "@/lib/runs/sample-room";
import { startRunsOver, type StartedRuns } from "@/lib/runs/start-runs-over";
import type { RunRequest } from "@/lib/schemas/submissions";

/**
 * Run a model that is there once more: over a board's prompts, which it joins, or over a prompt set; with a label, so many
 * samples of each prompt, and parameters of its own. Over a new version of a prompt set only prompts that have changed are generated.
 * @throws SalonError not_found, forbidden; conflict for a model without an endpoint or of another task, for an archived prompt set,
 *   or when there is no room; invalid_request naming the field; unavailable while the disk is nearly full
 */
export async function startAnotherRun(
  ask: { slug: string; wanted: RunRequest; by: Asker },
  tx?: Tx,
): Promise<StartedRuns> {
  const { slug, wanted, by } = ask;
  await requireDiskSpace();
  return atomically(tx, async (tx) => {
    const model = await lockModel({ slug, by }, tx);
    if ((await tx.endpoint.count({ where: { modelId: model.id } })) === 0) {
      throw new SalonError("conflict", `${model.name} has no endpoint: upload its samples instead.`);
    }
    const holder = { ownerId: model.submitterId, addressHash: model.addressHash };
    await requireSampleRoom(model, tx);
    const sets = await placeOf(model, wanted, by, tx);
    const { promptCount, samplesPerPrompt, label = null } = wanted;
    const asked = { parameters: wanted, money: wanted };
    const run = { modelId: model.id, samplesPerPrompt, label, listsModel: model.listed, ...asked };
    const started = await startRunsOver(sets, { ...run, promptCount }, holder, tx);
    await recordChange(tx, {
      by,
      action: "runs.start",
      subject: { kind: "model", id: model.id, label: model.name },
      before: null,
      after: { runIds: started.runIds, ...wanted },
    });
    return started;
  });
}

/** The prompt sets of the runs; the model joins the board that is named. */
async function placeOf(
  model: { id: string; name: string; modality: string },
  { board: slug, promptSet }: RunRequest,
  by: Asker,
  tx: Tx,
): Promise<string[]> {
  if (slug !== undefined) {
    const board = await requireBoard({ slug, by, to: "submit" }, tx);
    if (board.modality !== model.modality) {
      throw new SalonError("conflict", `${model.name} does another task than this board is about.`, {
        field: "board",
      });
    }
    await joinBoard(board, [model.id], tx);
    return promptSetsOf(board, tx);
  }
  const set = await findPromptSet({ slug: promptSet!, by }, tx);
  if (set.archivedAt === null) return [set.id];
  throw new SalonError("conflict", "This prompt set is archived: no new run may use it.", {
    field: "promptSet",
  });
}
