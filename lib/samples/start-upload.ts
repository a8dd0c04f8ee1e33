import { ofBoard, overSets } from "@/lib/boards/board-prompts";
import type { FoundBoard } from "@/lib/boards/find-board";
import { joinBoard } from "@/lib/boards/join-board";
import { requireBoard } from "@/lib/boards/require-board";
import type { Asker, Visitor } from "@/lib/models/visibility";
import { requireDiskSpace } from "@/lib/artifacts/disk-space";
import { stagedPath } from "@/lib/artifacts/staged-upload";
import { atomically } from "@/lib/db/atomically";
import type { Tx } from "@/lib/db/client";
import { Prisma, type Model, type PromptSet, type Run } from "@/lib/db/generated/client";
import { newId } from "@/lib/db/new-id";
import { env, type SubmissionPolicy } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { lockModel } from "@/lib/models/lock-model";
import { addModel } from "@/lib/models/add-model";
import { requireOwnModelName } from "@/lib/models/require-own-name";
import { requireOpen, reviewOf } from "@/lib/models/submission-policy";
import { findPromptSet } from "@/lib/prompts/find-prompt-set";
import { visitorHolder, type Holder } from "@/lib/queue/holder";
import { useQuota } from "@/lib/quotas/use-quota";
import { lockOwnRun, lockRun } from "@/lib/runs/lock-run";
import { hasOpenUpload } from "@/lib/runs/open-upload";
import { requireRoom } from "@/lib/runs/require-room";
import { enqueueImport } from "@/lib/samples/enqueue-import";
import { mostUploadBytes } from "@/lib/samples/upload-limits";
import { requireUploadRoom } from "@/lib/samples/upload-room";
import type { SampleUploadRequest } from "@/lib/schemas/sample-uploads";

export interface StartedUpload {
  uploadId: string;
  runId: string;
  /** Slug. */
  model: string;
}

/**
 * Begin a visitor's upload of samples: its row, and a model and run of its own unless it goes to a run that is there. Nothing is taken
 * that could not be kept: the visitor's, the address's and the site's room count its whole length from now on.
 * @param ask.address the visitor's network address; only its keyed hash is kept
 * @throws SalonError forbidden where submissions or uploads are off; too_large; not_found for an unknown run or prompt set;
 *   invalid_request with the field that is missing; conflict when there is no room, for a name that passes for another's, or while
 *   another upload to the run is under way; rate_limited when a quota is used up; unavailable while the disk is nearly full
 */
export async function startUpload(
  ask: {
    wanted: SampleUploadRequest;
    voterId: string;
    address?: string | null;
    policy?: SubmissionPolicy;
  } & Pick<Visitor, "runsSite" | "isSignedIn">,
  tx?: Tx,
): Promise<StartedUpload> {
  const { wanted, voterId } = ask;
  const policy = ask.policy ?? env().submissions;
  requireOpen(policy);
  const most = mostUploadBytes();
  if (most === 0) throw new SalonError("forbidden", "This site takes no uploads of samples.");
  if (wanted.bytes > most) {
    throw new SalonError(
      "too_large",
      `The file has ${mib(wanted.bytes)} MiB; this site takes at most ${mib(most)}. Upload it in several archives, or have the operator add it with \`salon samples import\`.`,
      { field: "bytes" },
    );
  }
  await requireDiskSpace();
  const holder = await visitorHolder({ voterId, address: ask.address });
  return atomically(tx, async (tx) => {
    await requireUploadRoom(holder, wanted.bytes, tx);
    await useQuota({ quota: "uploads", amount: wanted.bytes / 2 ** 20, by: holder }, tx);
    const run =
      wanted.runId === undefined
        ? await newRun({ wanted, holder, policy, by: ask }, tx)
        : await openRun(await lockOwnRun(wanted.runId, { voterId }, tx), holder, tx);
    const id = newId("upload");
    await tx.sampleUpload.create({
      data: { id, runId: run.id, name: wanted.file, source: stagedPath(id), bytes: wanted.bytes },
    });
    const { slug } = await tx.model.findUniqueOrThrow({ where: { id: run.modelId } });
    return { uploadId: id, runId: run.id, model: slug };
  });
}

/**
 * The same for a file or folder of the operator's, which is read where it lies.
 * @param place where it is, and how many bytes it has
 */
export function startLocalImport(
  ask: { wanted: SampleUploadRequest; location: string; enqueues: boolean },
  tx?: Tx,
): Promise<StartedUpload> {
  const { wanted, location } = ask;
  return atomically(tx, async (tx) => {
    const operator: Holder = { ownerId: null, addressHash: null };
    const run =
      wanted.runId === undefined
        ? await newRun({ wanted, holder: operator, policy: "open", by: "operator" }, tx)
        : await openRun(await lockRun(wanted.runId, tx), operator, tx);
    const id = newId("upload");
    const { bytes, file: name } = wanted;
    await tx.sampleUpload.create({
      data: {
        ...{ id, runId: run.id, name, source: location, bytes, receivedBytes: bytes },
        staged: false,
        state: "READING",
      },
    });
    if (ask.enqueues) await enqueueImport(id, tx);
    const { slug } = await tx.model.findUniqueOrThrow({ where: { id: run.modelId } });
    return { uploadId: id, runId: run.id, model: slug };
  });
}

const mib = (bytes: number) => Math.ceil(bytes / 2 ** 20);

async function newRun(
  ask: { wanted: SampleUploadRequest; holder: Holder; policy: SubmissionPolicy; by: Asker },
  tx: Tx,
): Promise<Pick<Run, "id" | "modelId">> {
  const { wanted, holder, policy, by } = ask;
  await requireRoom("runs", holder, tx);
  const { board, promptSet } = await placeOf(wanted, by, tx);
  const prompts = await tx.prompt.count({ where: { promptSetId: promptSet.id } });
  if (prompts === 0 || (wanted.promptCount ?? 1) > prompts) {
    throw new SalonError(
      "invalid_request",
      `The prompt set has ${prompts} prompts; a run goes over at most so many.`,
      { field: "promptCount" },
    );
  }
  // On a board that not everyone sees a model stands without being everybody's to see.
  const listsModel = wanted.listed && board?.seenBy !== "INVITED";
  const model =
    wanted.model === undefined
      ? await newModel(wanted, { board, listsModel, policy }, holder, tx)
      : await ownModel(wanted.model, board, by, tx);
  if (board !== null) await joinBoard(board, [model.id], tx);
  const promptCount = wanted.promptCount ?? prompts;
  await useQuota({ quota: "runs", amount: 1, by: holder }, tx);
  await useQuota({ quota: "samples", amount: promptCount, by: holder }, tx);
  return tx.run.create({
    data: {
      id: newId("run"),
      modelId: model.id,
      promptSetId: promptSet.id,
      promptCount,
      source: "UPLOAD",
      label: wanted.label || null,
      listsModel,
    },
  });
}

/** A model that gets another run. */
async function ownModel(slug: string, board: FoundBoard | null, by: Asker, tx: Tx): Promise<Model> {
  const model = await lockModel({ slug, by }, tx);
  if (board === null || board.modality === model.modality) return model;
  throw new SalonError("conflict", `${model.name} does another task than ${board.name} is about.`, {
    field: "board",
  });
}

async function newModel(
  wanted: SampleUploadRequest,
  { board, listsModel, policy }: { board: FoundBoard | null; listsModel: boolean; policy: SubmissionPolicy },
  holder: Holder,
  tx: Tx,
): Promise<Pick<Model, "id">> {
  await requireRoom("models", holder, tx);
  const [name, creator] = [needed("name", wanted.name), needed("creator", wanted.creator)];
  const submitterId = holder.ownerId;
  if (submitterId !== null) await requireOwnModelName({ name, creator, submitterId }, tx);
  const kinds = { image: "TEXT_TO_IMAGE", video: "TEXT_TO_VIDEO" } as const;
  const modality = wanted.kind === undefined ? (board?.modality ?? "TEXT_TO_IMAGE") : kinds[wanted.kind];
  return addModel(
    {
      name,
      creator,
      modality,
      submitterId,
      addressHash: holder.addressHash,
      review: listsModel && submitterId !== null ? reviewOf(policy) : "NOT_NEEDED",
    },
    null,
    tx,
  );
}

/**
 * The board that a model joins and the prompts of its run: those of the board that is named; or of the prompt set, with the oldest
 * board over it that everyone sees and submits to, if there is one.
 */
async function placeOf(
  wanted: SampleUploadRequest,
  by: Asker,
  tx: Tx,
): Promise<{ board: FoundBoard | null; promptSet: PromptSet }> {
  if (wanted.board !== undefined) {
    const board = await requireBoard({ slug: wanted.board, by, to: "submit" }, tx);
    const sets = await tx.promptSet.findMany({ where: ofBoard(board.id) });
    const promptSet = sets.find(({ id, slug }) =>
      wanted.promptSet === undefined ? id === board.promptSetId : slug === wanted.promptSet,
    );
    if (promptSet !== undefined) return { board, promptSet };
    throw new SalonError(
      "invalid_request",
      `${board.name} is over ${sets.map(({ slug }) => slug).join(", ")}; ${JSON.stringify(wanted.promptSet)} is none of its prompt sets.`,
      { field: "promptSet" },
    );
  }
  const slug = needed("promptSet", wanted.promptSet);
  const promptSet = await findPromptSet({ slug, by }, tx).catch((error: unknown) => {
    if (!(error instanceof SalonError) || error.code !== "not_found") throw error;
    throw new SalonError("not_found", `There is no prompt set '${slug}'.`, { field: "promptSet" });
  });
  if (promptSet.archivedAt !== null) {
    throw new SalonError("conflict", "This prompt set is archived: no new run may use it.", {
      field: "promptSet",
    });
  }
  const board = await tx.board.findFirst({
    where: { ...overSets([promptSet.id]), seenBy: "EVERYONE", submittedBy: "EVERYONE", archivedAt: null },
    orderBy: { createdAt: "asc" },
  });
  return { board, promptSet };
}

function needed(field: "name" | "creator" | "promptSet", value: string | undefined): string {
  if (value !== undefined) return value;
  throw new SalonError("invalid_request", `${field}: is needed for samples of a model that is new here.`, {
    field,
  });
}

/** A run that takes further samples: one that ended without a score begins again with them. */
async function openRun(run: Run, holder: Holder, tx: Tx): Promise<Run> {
  if (run.source !== "UPLOAD") {
    throw new SalonError("conflict", "This run's samples are made by its model's endpoint.");
  }
  if (await hasOpenUpload(run.id, tx)) {
    throw new SalonError(
      "conflict",
      "Another upload to this run is under way. Wait until it is read, or remove it.",
    );
  }
  if (run.state !== "FAILED" && run.state !== "CANCELLED") return run;
  await requireRoom("runs", holder, tx);
  return tx.run.update({
    where: { id: run.id },
    data: { state: "QUEUED", failureReason: Prisma.DbNull, finishedAt: null },
  });
}
