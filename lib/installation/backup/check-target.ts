import { mkdir, readdir, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { isStoreEmpty, readFolderId } from "@/lib/artifacts/folder-id";
import { artifactFolder } from "@/lib/artifacts/store";
import { quoted, type CopyClient } from "@/lib/db/copy-client";
import { SalonError } from "@/lib/errors";
import type { Manifest } from "@/lib/installation/backup/manifest";

/** In an artifact folder that a restore is filling: one that was killed may go on there. */
const MARK = ".salon-restore";
const markFile = () => path.join(artifactFolder(), MARK);

/**
 * Refuse a database that holds anything, or that anybody else is connected to.
 * @param force the name of a database whose content may be replaced
 * @throws SalonError "conflict"
 */
export async function assertTargetDatabase(client: CopyClient, force: string | undefined): Promise<void> {
  const [{ name, others }] = await client.rows<{ name: string; others: number }>(`
    select current_database() as name, count(a.pid)::int as others
    from (select) one left join pg_stat_activity a
      on a.datname = current_database() and a.pid <> pg_backend_pid() and a.backend_type = 'client backend'`);
  if (others > 0)
    throw new SalonError(
      "conflict",
      `${others} other connections to the database ${name} are open. Stop Salon first.`,
    );
  if (force === name) return;
  if (force !== undefined)
    throw new SalonError("conflict", `The database is ${name}, not ${force}. Nothing was changed.`);
  const tables = await tablesOf(client);
  if (tables.length === 0) return;
  // A restore that was killed leaves Salon's tables, without a row.
  const isOurs = tables.includes("_prisma_migrations");
  for (const table of tables) {
    if (isOurs && table === "_prisma_migrations") continue;
    const [{ isFull }] = await client.rows<{ isFull: boolean }>(
      `select exists (select from ${quoted(table)}) as "isFull"`,
    );
    if (isFull || !isOurs)
      throw new SalonError(
        "conflict",
        `The database ${name} is not empty (${table}). Restore into an empty one, or give --force ${name} to replace all that it holds.`,
      );
  }
}

const tablesOf = async (client: CopyClient) =>
  (
    await client.rows<{ tablename: string }>(
      "select tablename from pg_tables where schemaname = 'public' order by 1",
    )
  ).map(({ tablename }) => tablename);

/** Take Salon's tables, types and queue out of a database, so that migrations begin anew. */
export async function emptyDatabase(client: CopyClient): Promise<void> {
  const types = await client.rows<{ typname: string }>(
    "select typname from pg_type where typnamespace = 'public'::regnamespace and typtype = 'e'",
  );
  const drops = [
    ...(await tablesOf(client)).map((table) => `drop table ${quoted(table)} cascade`),
    ...types.map(({ typname }) => `drop type ${quoted(typname)} cascade`),
    "drop schema if exists graphile_worker cascade",
  ];
  await client.rows(["begin", ...drops, "commit"].join("; "));
}

/**
 * Refuse a data folder that belongs to something else, and mark the one that is filled now.
 * @throws SalonError "conflict"
 */
export async function takeTargetFolder(manifest: Manifest, isForced: boolean): Promise<void> {
  const folder = artifactFolder();
  const names: string[] = await readdir(folder).catch(() => []);
  if (!isForced && !names.includes(MARK)) {
    if ((await readFolderId()) !== null)
      throw new SalonError(
        "conflict",
        `The artifact folder ${folder} belongs to a database. Set SALON_DATA_DIR to another folder; if that database is gone, or is the one to be replaced, give --force with the name of the database to restore into.`,
      );
    // Whoever restores a list of artifacts has brought the files before.
    if (manifest.artifacts.included && !(await isStoreEmpty()))
      throw new SalonError(
        "conflict",
        `The artifact folder ${folder} is not empty. Set SALON_DATA_DIR to another folder, or move it away.`,
      );
  }
  await mkdir(folder, { recursive: true });
  await writeFile(markFile(), "");
}

export const releaseTargetFolder = () => rm(markFile(), { force: true });
