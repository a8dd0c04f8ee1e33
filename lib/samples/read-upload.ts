import { db, type Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { SalonError } from "@/lib/errors";
import { isOwn } from "@/lib/models/visibility";
import { problemSentence, type ProblemDetails, type SampleUploadView } from "@/lib/schemas/sample-uploads";
import { storedUploadFailure } from "@/lib/schemas/reasons/upload-failure";

/** Problems that are listed of an upload at a time. */
const LISTED = 200;

const shown = {
  run: { select: { state: true, model: { select: { slug: true, submitterId: true } } } },
  problems: { orderBy: { position: "asc" as const }, take: LISTED },
} satisfies Prisma.SampleUploadInclude;

type Shown = Prisma.SampleUploadGetPayload<{ include: typeof shown }>;

/**
 * An upload of one's own: to everybody else it does not exist.
 * @throws SalonError not_found
 */
export async function findOwnUpload(
  ask: { uploadId: string; voterId: string | null },
  tx: Tx = db(),
): Promise<Shown> {
  const upload = await tx.sampleUpload.findUnique({ where: { id: ask.uploadId }, include: shown });
  if (upload === null || !isOwn(upload.run.model, ask.voterId)) {
    throw new SalonError("not_found", "There is no such upload.");
  }
  return upload;
}

/** An upload of one's own as its page and the API show it. @throws SalonError not_found */
export async function readUpload(
  ask: { uploadId: string; voterId: string | null },
  tx: Tx = db(),
): Promise<SampleUploadView> {
  return view(await findOwnUpload(ask, tx));
}

/** An upload, for the operator. @throws SalonError not_found */
export async function readAnyUpload(uploadId: string, tx: Tx = db()): Promise<SampleUploadView> {
  const upload = await tx.sampleUpload.findUnique({ where: { id: uploadId }, include: shown });
  if (upload === null) throw new SalonError("not_found", `There is no upload ${uploadId}.`);
  return view(upload);
}

/** A run's uploads, newest first; whether they may be seen is the caller's to know. */
export async function listUploads(runId: string, most: number, tx: Tx): Promise<SampleUploadView[]> {
  const uploads = await tx.sampleUpload.findMany({
    where: { runId },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: most,
    include: shown,
  });
  return uploads.map(view);
}

/** A visitor's uploads whose bytes have not all come, newest first. */
export async function listOpenUploads(voterId: string, tx: Tx): Promise<SampleUploadView[]> {
  const uploads = await tx.sampleUpload.findMany({
    where: { state: "RECEIVING", run: { state: { not: "CANCELLED" }, model: { submitterId: voterId } } },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    include: shown,
  });
  return uploads.map(view);
}

function view(upload: Shown): SampleUploadView {
  const { id, runId, name, state, sha256, layout, files, checked, added, same } = upload;
  return {
    ...{ uploadId: id, runId, name, state, sha256, layout, files, checked, added, same },
    failedFor: storedUploadFailure.nullable().parse(upload.failureReason),
    model: upload.run.model.slug,
    bytes: Number(upload.bytes),
    receivedBytes: Number(upload.receivedBytes),
    bytesUrl: `/api/v1/samples/uploads/${id}/bytes`,
    passedOver: upload.passedOver,
    problemCount: upload.problemCount,
    problems: upload.problems.map(({ name, code, details }) => ({
      name,
      code,
      message: problemSentence(code, details as ProblemDetails),
    })),
    createdAt: upload.createdAt.toISOString(),
    finishedAt: upload.finishedAt?.toISOString() ?? null,
  };
}
