import { recordChange } from "@/lib/audit/record-change";
import { requireDiskSpace } from "@/lib/artifacts/disk-space";
import { joinBoard } from "@/lib/boards/join-board";
import { requireBoard } from "@/lib/boards/require-board";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { SalonError } from "@/lib/errors";
import { lockModel } from "@/lib/models/lock-model";
import type { Asker } from "@/lib/models/visibility";
import { findPromptSet } from "@/lib/prompts/find-prompt-set";
import { requireRoom } from "@/lib/runs/require-room";
import { noSampleRoom } from "@/lib/runs/sample-room";
import { startRun } from "@/lib/runs/start-run";
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
): Promise<{ runId: string }> {
  const { slug, wanted, by } = ask;
  await requireDiskSpace();
  return atomically(tx, async (tx) => {
    const model = await lockModel({ slug, by }, tx);
    if ((await tx.endpoint.count({ where: { modelId: model.id } })) === 0) {
      throw new SalonError("conflict", `${model.name} has no endpoint: upload its samples instead.`);
    }
    const holder = { ownerId: model.submitterId, addressHash: model.addressHash };
    await requireRoom("runs", holder, tx);
    const full = await noSampleRoom(model, tx);
    if (full !== null) throw new SalonError("conflict", full);
    const promptSetId = await placeOf(model, wanted, by, tx);
    const prompts = await tx.prompt.count({ where: { promptSetId } });
    const promptCount = wanted.promptCount ?? prompts;
    if (prompts === 0 || promptCount > prompts) {
      throw new SalonError("invalid_request", `There are ${prompts} prompts; ask for at most so many.`, {
        field: "promptCount",
      });
    }
    const { samplesPerPrompt, label = null } = wanted;
    const run = { modelId: model.id, promptSetId, promptCount, samplesPerPrompt, label };
    const runId = await startRun({ ...run, listsModel: model.listed, parameters: wanted }, tx);
    const subject = { kind: "model", id: model.id, label: model.name };
    await recordChange(tx, { by, action: "runs.start", subject, before: null, after: { runId, ...wanted } });
    return { runId };
  });
}

/** The prompts of the run; the model joins the board that is named. */
async function placeOf(
  model: { id: string; name: string; modality: string },
  { board: slug, promptSet }: RunRequest,
  by: Asker,
  tx: Tx,
): Promise<string> {
  if (slug !== undefined) {
    const board = await requireBoard({ slug, by, to: "submit" }, tx);
    if (board.modality !== model.modality) {
      throw new SalonError("conflict", `${model.name} does another task than this board is about.`, {
        field: "board",
      });
    }
    await joinBoard(board, [model.id], tx);
    return board.promptSetId;
  }
  const set = await findPromptSet({ slug: promptSet!, by }, tx);
  if (set.archivedAt === null) return set.id;
  throw new SalonError("conflict", "This prompt set is archived: no new run may use it.", {
    field: "promptSet",
  });
}
