import type { Via } from "@/lib/audit/actor";
import { rm, stat } from "node:fs/promises";
import { requireDiskSpace } from "@/lib/artifacts/disk-space";
import { receiveUpload } from "@/lib/artifacts/receive-upload";
import { inTransaction, type Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { isDiskFull, pausedByDisk } from "@/lib/disk-full";
import { SalonError } from "@/lib/errors";
import { refuseReserved } from "@/lib/models/require-own-name";
import { addReference } from "@/lib/references/add-reference";
import { listReferences } from "@/lib/references/list-references";
import { requireRoom } from "@/lib/runs/require-room";
import { sniffArchive } from "@/lib/references/sniff-archive";
import { uploadLimits } from "@/lib/references/upload-limits";
import type { Reading } from "@/lib/encoders/encoder-spec";
import { FileError } from "@/lib/media/files/file-error";
import { openSampleSource } from "@/lib/media/sample-source";
import { useQuota } from "@/lib/quotas/use-quota";
import { visitorHolder } from "@/lib/queue/holder";

/** All visitors' sets together may take so many times the largest upload. */
const ROOM = 20;

export interface Upload extends Reading {
  name: string;
  encoder: string;
  /** Number of samples behind statistics (.npz), where the uploader knows it. */
  n: number | null;
  voterId: string;
  via?: Via;
  /** The visitor's network address; only its keyed hash is kept. */
  address?: string | null;
  body: ReadableStream<Uint8Array> | null;
  /** What the request claims its length to be; null when it does not say. */
  length: number | null;
}

/**
 * Take an uploaded reference set: a .zip or .tar of images or videos, or a .npz of statistics. Only what kind of file it is, and
 * whether an archive is within the limits, is decided here; a job reads it.
 * @returns the set's id
 * @throws SalonError invalid_request, too_large, conflict when there is no room for it or it is called Salon; rate_limited when the quota of uploads is used up; unavailable while the disk is nearly full
 */
export async function uploadReference(upload: Upload): Promise<string> {
  const { name, encoder, resize, frames, n, voterId, address, body, length } = upload;
  const megabytes = env().REFERENCE_UPLOAD_MB;
  if (megabytes === 0) throw new SalonError("forbidden", "This site takes no uploads of reference sets.");
  const { encoders } = await listReferences({ voterId });
  if (!encoders.includes(encoder)) {
    throw new SalonError("invalid_request", `There is no encoder ${encoder} here.`, { field: "encoder" });
  }
  refuseReserved({ name });
  const maxBytes = megabytes * 2 ** 20;
  if (length !== null && length > maxBytes) {
    throw new SalonError(
      "too_large",
      `The file has ${Math.ceil(length / 2 ** 20)} MiB; this site takes at most ${megabytes}. Its operator can add larger ones with \`salon references add\`.`,
    );
  }
  const holder = await visitorHolder({ voterId, address });
  await requireDiskSpace();
  await inTransaction(async (tx) => {
    await requireRoom("references", holder, tx);
    await requireRoomForAll(maxBytes, tx);
  });
  const file = await receiveUpload(body, { maxBytes, suffix: ".upload" }).catch((error: unknown) => {
    throw isDiskFull(error) ? pausedByDisk() : error;
  });
  try {
    const kind = await kindOf(file, name);
    const { size } = await stat(file);
    return await inTransaction(async (tx) => {
      await requireRoom("references", holder, tx);
      await useQuota({ quota: "uploads", amount: size / 2 ** 20, by: holder }, tx);
      const by = { voterId, via: upload.via };
      const facts = { name, encoder, resize, frames, n, source: file, by, ...holder };
      return addReference({ ...facts, kind: kind === "npz" ? "statistics" : "upload" }, tx);
    });
  } catch (error) {
    await rm(file, { force: true });
    throw error;
  }
}

async function requireRoomForAll(maxBytes: number, tx: Tx): Promise<void> {
  const [{ taken }] = await tx.$queryRaw<[{ taken: number }]>`
    select coalesce(sum(a.bytes), 0)::float8 as taken
    from reference_images p join reference_sets r on r.id = p.reference_set_id
      join artifacts a on a.sha256 = p.artifact_hash
    where r.owner_id is not null`;
  if (taken > ROOM * maxBytes) {
    throw new SalonError("conflict", "The room this site has for uploaded reference sets is used up.");
  }
}

/**
 * What an upload is, by its first bytes and, for zip, its directory; an archive is checked against the limits.
 * @throws SalonError invalid_request naming the upload, not its place on disk
 */
async function kindOf(file: string, name: string): Promise<"zip" | "tar" | "npz"> {
  const kind = await sniffArchive(file);
  if (kind === null) {
    throw new SalonError("invalid_request", `${name}: is neither a .zip, nor a .tar, nor a .npz.`, {
      field: "file",
    });
  }
  try {
    const source = await openSampleSource(file, { kind, limits: uploadLimits() });
    await source.close();
    const names = source.files.map((entry) => entry.name);
    return names.every((entry) => entry.endsWith(".npy")) ? "npz" : kind;
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new SalonError("invalid_request", error.message.replaceAll(file, name), {
      field: "file",
      cause: error,
    });
  }
}
