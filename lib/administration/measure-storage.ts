import path from "node:path";
import { folderSize, sizeOf } from "@/lib/administration/folder-size";
import { countUnneeded, filesWithoutRow, STORE_FOLDERS } from "@/lib/artifacts/collect-artifacts";
import { uploadFolder } from "@/lib/artifacts/receive-upload";
import { artifactPath, derivativeFolder } from "@/lib/artifacts/store";
import type { Db } from "@/lib/db/client";
import { env } from "@/lib/env";
import { storageReport, type StorageReport } from "@/lib/schemas/administration/storage";

/**
 * Measure what the disk is used for, and keep that for the admin page: it reads every row of artifacts and walks folders, which no
 * request may wait for. Done twice, the later one stands.
 * @throws the signal's reason when aborted
 */
export async function measureStorage(db: Db, signal: AbortSignal): Promise<void> {
  const report: StorageReport = storageReport.parse({
    ...(await sumArtifacts(db)),
    derivatives: await folderSize(derivativeFolder(), signal),
    uploads: await folderSize(uploadFolder(), signal),
    logs: await folderSize(path.join(env().SALON_DATA_DIR, "logs"), signal),
    database: await databaseSize(db),
    unneeded: await countUnneeded(db),
    orphans: await findOrphans(db, signal),
  });
  const row = { measuredAt: new Date(), report };
  await db.storageReport.upsert({ where: { id: 1 }, create: row, update: row });
}

/** Each artifact counts once: as a sample if it is one, else as a reference image. */
async function sumArtifacts(db: Db): Promise<Pick<StorageReport, "samples" | "references" | "other">> {
  const rows = await db.$queryRaw<{ kind: string; count: number; bytes: number }[]>`
    select kind, count(*)::int as count, sum(bytes)::float8 as bytes from (
      select a.bytes, case
        when exists (select from samples s where s.artifact_hash = a.sha256) then 'samples'
        when exists (select from reference_images r where r.artifact_hash = a.sha256) then 'references'
        else 'other' end as kind
      from artifacts a where a.erased_at is null
    ) kinds group by kind`;
  const of = (kind: string) => {
    const { count = 0, bytes = 0 } = rows.find((row) => row.kind === kind) ?? {};
    return { count, bytes };
  };
  return { samples: of("samples"), references: of("references"), other: of("other") };
}

async function databaseSize(db: Db): Promise<number> {
  const [{ bytes }] = await db.$queryRaw<[{ bytes: number }]>`
    select pg_database_size(current_database())::float8 as bytes`;
  return bytes;
}

async function findOrphans(db: Db, signal: AbortSignal): Promise<{ count: number; bytes: number }> {
  const sum = { count: 0, bytes: 0 };
  for (let part = 0; part < STORE_FOLDERS; part++) {
    signal.throwIfAborted();
    for (const sha256 of await filesWithoutRow(part, db)) {
      sum.count++;
      sum.bytes += await sizeOf(artifactPath(sha256));
    }
  }
  return sum;
}
