import { stat } from "node:fs/promises";
import { compareMigrations } from "@/lib/db/compare-migrations";
import { createDb } from "@/lib/db/client";
import { openCopyClient } from "@/lib/db/copy-client";
import { readMigrationFiles } from "@/lib/db/migration-files";
import { applyMigrations } from "@/lib/db/migrate";
import { SalonError } from "@/lib/errors";
import { adoptArtifacts } from "@/lib/installation/adopt-artifacts";
import { checkArchive } from "@/lib/installation/backup/check-archive";
import {
  assertTargetDatabase,
  emptyDatabase,
  releaseTargetFolder,
  takeTargetFolder,
} from "@/lib/installation/backup/check-target";
import { loadArchive } from "@/lib/installation/backup/load-archive";
import type { Manifest } from "@/lib/installation/backup/manifest";
import { compareSecret } from "@/lib/installation/backup/restore-secret";
import { takeBackupLock } from "@/lib/installation/backup/write-backup";
import { verifyArtifacts, type ArtifactsReport } from "@/lib/installation/verify-artifacts";
import { verifyRatings, type RatingsReport } from "@/lib/installation/verify-ratings";
import { installQueue } from "@/lib/queue/install";

export interface RestoreOptions {
  file: string;
  /** The name of a database whose content may be replaced; the data folder's artifacts may be there then, too. */
  force?: string;
  onProgress?: (stage: "Checking" | "Loading" | "Verifying", share: number) => void;
  /** Before each member of the archive is loaded. */
  onMember?: (name: string) => void;
}

export interface RestoreReport {
  manifest: Manifest;
  /** Migrations that came after the archive. */
  migrated: string[];
  ratings: RatingsReport;
  artifacts: ArtifactsReport;
  /** Whether the secret is there that cookies and sealed keys need. */
  hasSecret: boolean;
}

/**
 * Restore an archive into an empty database and data folder, and verify what was restored. Nothing is changed before the whole
 * archive has been read and found right.
 * @throws SalonError "invalid_request" for a damaged archive or one of a newer Salon, "conflict" for a target that is not empty
 */
export async function restoreBackup(options: RestoreOptions, databaseUrl: string): Promise<RestoreReport> {
  const { file, force, onProgress = () => {}, onMember } = options;
  const { size } = await stat(file);
  const manifest = await checkArchive(file, (read) => onProgress("Checking", read / size));
  await assertReadable(file, manifest);
  const secret = await compareSecret(manifest);
  const client = await openCopyClient(databaseUrl, "salon-restore");
  let migrated: string[];
  try {
    await takeBackupLock(client);
    await assertTargetDatabase(client, force);
    await takeTargetFolder(manifest, force !== undefined);
    await emptyDatabase(client);
    await applyMigrations(databaseUrl, new Set(manifest.migrations.map(({ name }) => name)));
    await installQueue(databaseUrl);
    await loadArchive(file, manifest, client, {
      onBytes: (read) => onProgress("Loading", read / size),
      onMember,
    });
    migrated = await applyMigrations(databaseUrl);
  } finally {
    await client.close();
  }
  const db = createDb(databaseUrl, { max: 2 });
  try {
    await adoptArtifacts(db);
    await releaseTargetFolder();
    const ratings = await verifyRatings(db, (done, of) => onProgress("Verifying", done / of));
    const artifacts = await verifyArtifacts(db);
    const hasSecret = secret === "same" || (secret === "none" && manifest.hasSecret);
    return { manifest, migrated, ratings, artifacts, hasSecret };
  } finally {
    await db.$disconnect();
  }
}

/** @throws SalonError "invalid_request" when the archive's schema is not one that this code's migrations make. */
async function assertReadable(file: string, { migrations, salon }: Manifest): Promise<void> {
  const applied = migrations.map((migration) => ({ ...migration, finished: true }));
  const version = compareMigrations(applied, await readMigrationFiles());
  if (version.state === "current" || version.state === "behind") return;
  const names = version.names.join(", ");
  const why =
    version.state === "newer"
      ? `was made by a newer Salon (${salon}): this one does not know ${names}. Restore it with that version`
      : `was made by a Salon (${salon}) with another text of ${names}. Restore it with that version`;
  throw new SalonError("invalid_request", `${file} ${why}.`);
}
