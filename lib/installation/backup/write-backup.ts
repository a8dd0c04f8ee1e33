import { access, readFile } from "node:fs/promises";
import path from "node:path";
import { LOCK as ARTIFACT_LOCK } from "@/lib/artifacts/keep-artifacts";
import { openCopyClient, type CopyClient } from "@/lib/db/copy-client";
import { env, rootFolder } from "@/lib/env";
import { SalonError } from "@/lib/errors";
import { writeArchive, type ArchiveWriter } from "@/lib/installation/backup/archive-writer";
import { dumpArtifacts } from "@/lib/installation/backup/dump-artifacts";
import { dumpJobs, dumpTables, readSequences } from "@/lib/installation/backup/dump-tables";
import { FORMAT, SEALING_KEYS, SECRET, type Manifest } from "@/lib/installation/backup/manifest";
import { METHODOLOGY_VERSION } from "@/lib/ratings/inputs-hash";
import { JUDGE_METHODOLOGY } from "@/lib/ratings/judge-snapshot";
import { STYLE_METHODOLOGY } from "@/lib/ratings/style-snapshot";
import { fingerprintOf } from "@/lib/secrets/fingerprint";
import { keysOfFile, sealingKeysText } from "@/lib/secrets/sealing-keys";
import { existingSecret, secretFile } from "@/lib/secrets/secret";

export interface BackupOptions {
  file: string;
  /** Whether the bytes of artifacts go in, or their list alone. */
  artifacts: boolean;
  /** Whether the data folder's secret and sealing keys go in. */
  secret: boolean;
  /** Whether a file of that name may be replaced. */
  force: boolean;
  onPart?: (done: number, of: number) => void;
}

/** One backup or restore of a database at a time. */
export const BACKUP_LOCK = "salon:backup";

/**
 * Write everything that Salon keeps into one archive, as it is at one moment, while Salon runs: one transaction sees the rows,
 * and until the end no artifact is collected.
 * @throws SalonError "conflict" when the file is there already, or another backup is being written
 */
export async function writeBackup(options: BackupOptions, databaseUrl: string): Promise<Manifest> {
  if (!options.force && (await isThere(options.file))) {
    throw new SalonError("conflict", `${options.file} is there already. Give --force to replace it.`);
  }
  const own = options.secret ? await readOwn() : { secret: null, sealingKeys: null };
  const client = await openCopyClient(databaseUrl, "salon-backup");
  try {
    await takeBackupLock(client);
    // Before the snapshot: what a collection in progress deletes must not be seen by it.
    await client.rows("select pg_advisory_lock_shared(hashtextextended($1, 0))", [ARTIFACT_LOCK]);
    await client.rows("begin isolation level repeatable read, read only");
    return await writeArchive(options.file, (writer) => dump(options, own, client, writer));
  } finally {
    await client.close();
  }
}

/** @throws SalonError "conflict" when another holds it; it is held as long as the connection. */
export async function takeBackupLock(client: CopyClient): Promise<void> {
  const [{ isOurs }] = await client.rows<{ isOurs: boolean }>(
    `select pg_try_advisory_lock(hashtextextended($1, 0)) as "isOurs"`,
    [BACKUP_LOCK],
  );
  if (!isOurs) throw new SalonError("conflict", "Another backup or restore of this database is in progress.");
}

async function dump(
  options: BackupOptions,
  { secret, sealingKeys }: { secret: Buffer | null; sealingKeys: string | null },
  client: CopyClient,
  writer: ArchiveWriter,
): Promise<Omit<Manifest, "members">> {
  const { onPart = () => {} } = options;
  const createdAt = new Date().toISOString();
  const [{ postgres }] = await client.rows<{ postgres: string }>(
    "select current_setting('server_version') as postgres",
  );
  const secretFingerprint = await readFingerprint(client);
  if (secret !== null && secretFingerprint !== null && fingerprintOf(secret) !== secretFingerprint) {
    throw new SalonError("conflict", "This machine's secret is not the one that the database is used with.");
  }
  const artifacts = await dumpArtifacts(client, writer, options.artifacts, onPart);
  if (secret !== null) await writer.add(SECRET, Buffer.from(secret.toString("hex")));
  if (sealingKeys !== null) await writer.add(SEALING_KEYS, Buffer.from(sealingKeys));
  return {
    format: FORMAT,
    salon: await salonVersion(),
    createdAt,
    postgres,
    methodologies: [METHODOLOGY_VERSION, STYLE_METHODOLOGY, JUDGE_METHODOLOGY],
    migrations: await client.rows(
      "select migration_name as name, checksum from _prisma_migrations where finished_at is not null and rolled_back_at is null order by 1",
    ),
    secretFingerprint,
    hasSecret: secret !== null,
    hasSealingKeys: sealingKeys !== null,
    tables: await dumpTables(client, writer),
    jobs: await dumpJobs(client, writer),
    sequences: await readSequences(client),
    artifacts,
  };
}

async function salonVersion(): Promise<string> {
  const text = await readFile(path.join(rootFolder(), "package.json"), "utf8");
  return (JSON.parse(text) as { version: string }).version;
}

/** null also for a database of before there was such a thing: it is backed up before it is migrated. */
async function readFingerprint(client: CopyClient): Promise<string | null> {
  const [{ isThere, isOlder }] = await client.rows<{ isThere: boolean; isOlder: boolean }>(
    `select to_regclass('installation') is not null as "isThere", to_regclass('"Installation"') is not null as "isOlder"`,
  );
  if (!isThere && !isOlder) return null;
  const [row] = await client.rows<{ found: string | null }>(
    isThere
      ? "select secret_fingerprint as found from installation"
      : `select "secretFingerprint" as found from "Installation"`,
  );
  return row?.found ?? null;
}

/** The data folder's secret and sealing keys; what the environment says instead is not the archive's. */
async function readOwn(): Promise<{ secret: Buffer | null; sealingKeys: string | null }> {
  const keys = env().SEALING_KEYS === undefined ? await keysOfFile() : [];
  const sealingKeys = keys.length === 0 ? null : sealingKeysText(keys);
  const isElsewhere = env().SALON_SECRET !== undefined && sealingKeys !== null;
  return { secret: isElsewhere ? null : await readSecretOfFolder(), sealingKeys };
}

async function readSecretOfFolder(): Promise<Buffer> {
  if (env().SALON_SECRET !== undefined) {
    throw new SalonError(
      "invalid_request",
      "The secret comes from SALON_SECRET: keep it with the rest of your configuration. --with-secret is for the one in the data folder.",
    );
  }
  const secret = await existingSecret();
  if (secret === null) {
    throw new SalonError(
      "not_found",
      `There is no secret at ${secretFile(env().SALON_DATA_DIR)} to back up.`,
    );
  }
  return secret;
}

const isThere = (file: string) =>
  access(file).then(
    () => true,
    () => false,
  );
