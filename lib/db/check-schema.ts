import type { Tx } from "@/lib/db/client";
import {
  compareMigrations,
  schemaProblem,
  type AppliedMigration,
  type SchemaVersion,
} from "@/lib/db/compare-migrations";
import { readMigrationFiles, type MigrationFile } from "@/lib/db/migration-files";
import { SalonError } from "@/lib/errors";

let files: Promise<MigrationFile[]> | undefined;

/** How a database's schema stands to this code's. The code's own migrations are read once a process: it runs what it began with. */
export async function checkSchema(tx: Tx): Promise<SchemaVersion> {
  files ??= readMigrationFiles().catch((error: unknown) => {
    files = undefined;
    throw error;
  });
  return compareMigrations(await readApplied(tx), await files);
}

/**
 * Refuse a database that this code would only half work on.
 * @param orBehind whether one that lacks migrations will do, because they are about to be applied
 * @throws SalonError "conflict" with what to do
 */
export async function assertSchema(tx: Tx, { orBehind = false } = {}): Promise<void> {
  const version = await checkSchema(tx);
  if (orBehind && (version.state === "behind" || version.state === "broken")) return;
  const problem = schemaProblem(version);
  if (problem !== null) throw new SalonError("conflict", problem);
}

/** The migrations that a database has, oldest first; none when it is new. */
export async function readApplied(tx: Tx): Promise<AppliedMigration[]> {
  const [{ isThere }] = await tx.$queryRaw<[{ isThere: boolean }]>`
    select to_regclass('_prisma_migrations') is not null as "isThere"`;
  if (!isThere) return [];
  return tx.$queryRaw<AppliedMigration[]>`
    select migration_name as name, checksum, finished_at is not null as finished
    from _prisma_migrations where rolled_back_at is null order by migration_name`;
}
