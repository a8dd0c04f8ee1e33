import { statSync } from "node:fs";
import path from "node:path";
import type { Command } from "commander";
import { checkSchema } from "@/lib/db/check-schema";
import { SalonError } from "@/lib/errors";
import { checkArchive } from "@/lib/installation/backup/check-archive";
import type { Manifest } from "@/lib/installation/backup/manifest";
import { rememberBackup } from "@/lib/installation/backup/remember-backup";
import { restoreBackup, type RestoreReport } from "@/lib/installation/backup/restore-backup";
import { writeBackup } from "@/lib/installation/backup/write-backup";
import { checkArtifactFolder } from "@/lib/installation/check-installation";
import { inWords as artifactsInWords } from "./installation";
import { ProgressBar } from "./progress";
import { enterRoot } from "./root";
import { withDatabase } from "./with-database";

type BackupFlags = { artifacts: boolean; withSecret: boolean; force: boolean };

/** Adds `salon backup FILE`, `salon backup verify FILE` and `salon restore FILE` (docs/backup.md). */
export function registerBackup(program: Command): void {
  const backup = program
    .command("backup")
    .description("write all that Salon keeps into one archive; safe while Salon runs")
    .argument("<file>", "the archive to write, such as salon.tar")
    .option("--without-artifacts", "leave the bytes of images and videos out, list their sha256")
    .option(
      "--with-secret",
      "put the data folder's secret and sealing keys in, which cookies and stored keys need",
      false,
    )
    .option("--force", "replace a file of that name", false)
    .action((file: string, flags: BackupFlags & { withoutArtifacts?: boolean }) =>
      write(path.resolve(file), { ...flags, artifacts: flags.withoutArtifacts !== true }),
    );
  backup
    .command("verify")
    .description("read an archive from end to end and check every member; needs no database")
    .argument("<file>", "the archive")
    .action((file: string) => verify(path.resolve(file)));
  program
    .command("restore")
    .description("restore an archive into an empty database and data folder, and verify what was restored")
    .argument("<file>", "the archive")
    .option("--force <database>", "replace all that the database of this name holds")
    .action((file: string, { force }: { force?: string }) => restore(path.resolve(file), force));
}

async function write(file: string, flags: BackupFlags): Promise<void> {
  enterRoot();
  const bar = new ProgressBar("Backing up");
  const { artifacts, withSecret, force } = flags;
  const onPart = (done: number, of: number) => bar.update(done / of);
  const manifest = await withDatabase(async (db, databaseUrl) => {
    // A database that is behind is backed up before it is migrated: it may know nothing of folders.
    const isCurrent = (await checkSchema(db)).state === "current";
    const problem = artifacts && isCurrent ? await checkArtifactFolder(db) : null;
    if (problem !== null) throw new SalonError("conflict", problem.reason);
    const written = await writeBackup({ file, artifacts, secret: withSecret, force, onPart }, databaseUrl);
    if (isCurrent) await rememberBackup(new Date(), db);
    return written;
  });
  bar.end();
  const { missing, damaged } = manifest.artifacts;
  console.log(`${file}: ${contentsOf(manifest)}`);
  if (!withSecret) {
    console.log(
      "The secret is not in it. Keep it as well (SALON_SECRET, or secret in the data folder; SEALING_KEYS, or sealing-keys, where there is one): without it voters' cookies and stored keys cannot be read after a restore.",
    );
  }
  const lost = [
    ...missing.map((sha256) => `${sha256} is missing`),
    ...damaged.map((sha256) => `${sha256} has other bytes`),
  ];
  if (lost.length === 0) return;
  console.error(`Artifacts that could not be backed up:\n  ${lost.join("\n  ")}`);
  process.exitCode = 1;
}

async function verify(file: string): Promise<void> {
  const bar = new ProgressBar("Checking");
  const { size } = statSync(file);
  const manifest = await checkArchive(file, (read) => bar.update(read / size)).finally(() => bar.end());
  console.log(`${file} is whole: ${contentsOf(manifest)}`);
}

async function restore(file: string, force: string | undefined): Promise<void> {
  enterRoot();
  const bars = new Map<string, ProgressBar>();
  const onProgress = (stage: string, share: number) => {
    const bar = bars.get(stage) ?? new ProgressBar(stage);
    bars.set(stage, bar);
    bar.update(share);
  };
  const report = await withDatabase((_, databaseUrl) =>
    restoreBackup({ file, force, onProgress }, databaseUrl),
  );
  for (const bar of bars.values()) bar.end();
  process.exitCode = tell(report) ? 0 : 1;
}

/** Print what was restored and checked. @returns whether all of it is right */
function tell({ manifest, migrated, ratings, artifacts, hasSecret }: RestoreReport): boolean {
  const { boards, votes, snapshots, others, differences } = ratings;
  console.log(`Restored ${contentsOf(manifest)}`);
  if (migrated.length > 0) console.log(`Migrated the database: ${migrated.join(", ")}.`);
  console.log(`Replayed ${votes} votes of ${boards} boards and recomputed ${snapshots} snapshots.`);
  if (others > 0)
    console.log(`${others} snapshots are of another methodology, which this Salon cannot recompute.`);
  console.log(artifactsInWords(artifacts));
  if (!hasSecret) {
    console.log(
      "The secret that the database was used with is not here: bring it (SALON_SECRET, or secret in the data folder; SEALING_KEYS, or sealing-keys, where there is one) before `npm start`.",
    );
  }
  for (const difference of differences) console.error(difference);
  if (differences.length > 0) {
    console.error("These numbers are not what the vote log makes. They are as the archive has them.");
  }
  return differences.length + artifacts.missing.length + artifacts.damaged.length === 0;
}

function contentsOf({ createdAt, salon, tables, artifacts, hasSecret }: Manifest): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const images = artifacts.included
    ? `${artifacts.count - artifacts.missing.length - artifacts.damaged.length} artifacts`
    : `the list of ${artifacts.count} artifacts`;
  return `${rows} rows of ${tables.length} tables, ${images}${hasSecret ? ", the secret" : ""}; Salon ${salon}, ${createdAt}.`;
}
