import { recordChange } from "@/lib/audit/record-change";
import { promptSetsOf } from "@/lib/boards/board-prompts";
import { joinBoard } from "@/lib/boards/join-board";
import { requireBoard } from "@/lib/boards/require-board";
import { fitsBoard, parseSize } from "@/lib/boards/board-shape";
import { seedsTellSides } from "@/lib/boards/known-seeds";
import { requireDiskSpace } from "@/lib/artifacts/disk-space";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { env, type SubmissionPolicy } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import type { Visitor } from "@/lib/models/visibility";
import { addModel } from "@/lib/models/add-model";
import { keepCapability } from "@/lib/models/probe/capabilities";
import { findProbe, type KeptProbe } from "@/lib/models/probe/keep-probe";
import { callOf } from "@/lib/models/test-connection";
import { requireOwnModelName } from "@/lib/models/require-own-name";
import { requireRoom } from "@/lib/runs/require-room";
import { requireSampleRoom } from "@/lib/runs/sample-room";
import { requireOpen, reviewOf } from "@/lib/models/submission-policy";
import { startRunsOver } from "@/lib/runs/start-runs-over";
import { requireCallable } from "@/lib/providers/require-callable";
import { visitorHolder } from "@/lib/queue/holder";
import type { Capability } from "@/lib/schemas/endpoints/capabilities";
import { findPreset } from "@/lib/schemas/catalogue/catalogue";
import { timeoutMsOf, type FormatId } from "@/lib/schemas/formats/formats";
import { orderTask } from "@/lib/schemas/formats/order-task";
import type { Submission, SubmissionResponse } from "@/lib/schemas/submissions";

/**
 * Submit a model endpoint and start its run: Model, Endpoint, Run and the run's jobs, all or nothing. Where submissions are
 * reviewed the run starts all the same, and the model waits for the operator's word before it is listed; the operator's own does not.
 * @param ask.voterId the visitor it will belong to; null: the operator, whom no policy concerns
 * @param ask.address the visitor's network address; only its keyed hash is kept
 * @throws SalonError invalid_request with the field at fault; not_found for an unknown board; forbidden where submissions are
 *   closed; probe_failed where the last test of the address failed and that is not accepted;
 *   conflict for a name that passes for another's, or when the visitor, or the network address, has enough here;
 *   unavailable while the disk is nearly full
 */
export async function submitEndpoint(
  ask: {
    submission: Submission;
    voterId: string | null;
    address?: string | null;
    policy?: SubmissionPolicy;
    /** Of the operator, how the test before it ended; a visitor's is kept. */
    tested?: KeptProbe;
  } & Pick<Visitor, "runsSite" | "isSignedIn" | "via">,
  tx?: Tx,
): Promise<SubmissionResponse> {
  const { submission, voterId } = ask;
  const by = voterId === null ? "operator" : ask;
  const policy = voterId === null ? "open" : (ask.policy ?? env().submissions);
  const call = callOf(submission);
  requireOpen(policy);
  await requireCallable(submission.endpointUrl, voterId === null ? "operator" : "visitor");
  await requireDiskSpace();
  return atomically(tx, async (tx) => {
    const probe =
      voterId === null ? (ask.tested ?? null) : await findProbe({ voterId, call, now: Date.now() }, tx);
    if (probe !== null) requireWorking(probe, submission);
    const holder = await visitorHolder(ask);
    await requireRoom("models", holder, tx);
    await requireSampleRoom({ submitterId: voterId, addressHash: holder.addressHash }, tx);
    const board = await requireBoard({ slug: submission.board, by, to: "submit" }, tx);
    // On a board that not everyone sees a model stands without being everybody's to see.
    const listsModel = submission.listed && board.seenBy === "EVERYONE";
    if (voterId !== null) await requireOwnModelName({ ...submission, submitterId: voterId }, tx);
    const model = await addModel(
      {
        name: submission.name,
        creator: submission.creator,
        modality: board.modality,
        openWeights: submission.openWeights ?? null,
        releasedAt: submission.releasedAt ? new Date(submission.releasedAt) : null,
        licence: submission.licence || null,
        parameters: submission.parameters ?? null,
        paradigm: submission.paradigm || null,
        architecture: submission.architecture || null,
        representation: submission.representation || null,
        textConditioning: submission.textConditioning || null,
        pricePerImageUsd: submission.pricePerImageUsd ?? null,
        priceSource: submission.priceSource || null,
        preset: presetOf(submission, call.format),
        submitterId: voterId,
        review: listsModel ? reviewOf(policy) : "NOT_NEEDED",
        addressHash: holder.addressHash,
      },
      {
        ...call,
        formatOptions: call.formatOptions ?? undefined,
        timeoutMs: timeoutMsOf(submission.timeoutSeconds, call.format, orderTask(board.modality, 0)),
        apiKey: submission.apiKey ?? null,
        concurrency: submission.concurrency,
        ownPromptsPerDay: submission.ownPromptsPerDay,
      },
      tx,
    );
    if (probe?.capability) await keepFound(model.id, { ...probe, capability: probe.capability }, tx);
    await recordChange(tx, {
      by,
      action: "models.submit",
      subject: { kind: "model", id: model.id, label: submission.name },
      before: null,
      after: { ...factsOf(submission), board: board.name },
    });
    await joinBoard(board, [model.id], tx);
    const started = await startRunsOver(
      await promptSetsOf(board, tx),
      {
        modelId: model.id,
        promptCount: submission.promptCount,
        listsModel,
        samplesPerPrompt: submission.samplesPerPrompt,
        label: submission.label ?? null,
        parameters: submission,
        money: submission,
      },
      holder,
      tx,
    );
    const size = parseSize(submission.imageSize);
    const seedPolicy = typeof submission.seeds === "string" ? "PER_PROMPT" : "FIXED";
    const fitsArena = size !== null && fitsBoard(size, board) && !seedsTellSides({ seedPolicy }, board);
    return { modelId: model.id, model: model.slug, ...started, fitsArena };
  });
}

/**
 * The entry of the catalogue that a submission names, where it is called as that is: another model would show what was published of it.
 * @throws SalonError invalid_request for one that does not exist
 */
function presetOf({ preset, providerModel }: Submission, format: FormatId): string | null {
  if (preset === undefined) return null;
  const found = findPreset(preset);
  if (found === null)
    throw new SalonError("invalid_request", `The catalogue has no ${JSON.stringify(preset)}.`, {
      field: "preset",
    });
  return found.format === format && found.providerModel === providerModel ? found.id : null;
}

/** @throws SalonError probe_failed */
function requireWorking({ failure }: KeptProbe, { acceptFailedProbe }: Submission): void {
  if (failure === null || acceptFailedProbe === true) return;
  const message = `The last test of this address failed: ${failure} Test it again, or say that it is to be submitted all the same.`;
  throw new SalonError("probe_failed", message);
}

async function keepFound(
  modelId: string,
  found: { capability: Capability; failure: string | null },
  tx: Tx,
): Promise<void> {
  const { id: endpointId, version } = await tx.endpoint.findUniqueOrThrow({ where: { modelId } });
  await keepCapability({ endpointId, version, ...found }, tx);
}

/** What the audit log says of a submission. */
const factsOf = ({ name, endpointUrl, providerModel, apiKey, listed }: Submission) => ({
  name,
  endpointUrl,
  providerModel,
  apiKey: apiKey ?? null,
  listed,
});
