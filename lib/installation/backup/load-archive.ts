import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { putArtifact } from "@/lib/artifacts/store";
import { quoted, type CopyClient } from "@/lib/db/copy-client";
import { SalonError } from "@/lib/errors";
import {
  artifactOf,
  JOBS,
  SEALING_KEYS,
  SECRET,
  tableOf,
  type Manifest,
} from "@/lib/installation/backup/manifest";
import { readMembers } from "@/lib/installation/backup/read-members";
import { restoreSealingKeys, restoreSecret } from "@/lib/installation/backup/restore-secret";

export interface LoadHooks {
  onBytes?: (read: number) => void;
  /** Before each member is loaded. */
  onMember?: (name: string) => void;
}

/**
 * Load a checked archive: artifacts into their folder, then all tables in one transaction. Killed at any moment it leaves the
 * tables empty and artifacts that the next try finds.
 * @param client to a database that was migrated to the archive's version and holds no rows
 */
export async function loadArchive(
  file: string,
  manifest: Manifest,
  client: CopyClient,
  { onBytes, onMember }: LoadHooks = {},
): Promise<void> {
  await client.rows("begin");
  const constraints = await dropForeignKeys(client);
  await assertTables(manifest, client);
  const columns = new Map(manifest.tables.map((table) => [table.name, table.columns]));
  const names = manifest.tables.map(({ name }) => quoted(name));
  // Migrations may have put rows there.
  if (names.length > 0) await client.rows(`truncate ${names.join(", ")}`);
  await client.rows(JOBS_TABLE);
  const each = async (name: string, body: Readable) => {
    onMember?.(name);
    const table = tableOf(name);
    if (artifactOf(name) !== null) await putArtifact(await bytesOf(body));
    else if (name === SECRET) await restoreSecret(await bytesOf(body));
    else if (name === SEALING_KEYS) await restoreSealingKeys(await bytesOf(body));
    else if (name === JOBS) await copyIn(body, client, "copy salon_jobs from stdin");
    else if (table !== null) {
      const list = (columns.get(table) ?? []).map(quoted).join(", ");
      await copyIn(body, client, `copy ${quoted(table)} (${list}) from stdin`);
    }
  };
  await readMembers(file, each, onBytes);
  await assertRows(manifest, client);
  for (const { table, name, definition } of constraints) {
    await client.rows(`alter table ${table} add constraint ${quoted(name)} ${definition}`);
  }
  for (const { name, last } of manifest.sequences) {
    await client.rows("select setval($1::regclass, $2)", [quoted(name), last]);
  }
  await client.rows(ADD_JOBS);
  await client.rows("commit");
}

const JOBS_TABLE = `
  create temp table salon_jobs (identifier text, payload json, queue_name text, run_at timestamptz, max_attempts int,
    job_key text, priority int) on commit drop`;

/** Through the queue's own door, whatever its tables look like by now. Jobs that were running begin again. */
const ADD_JOBS = `
  select count(graphile_worker.add_job(identifier, payload, queue_name, run_at, max_attempts, job_key, priority))
  from salon_jobs`;

interface ForeignKey {
  table: string;
  name: string;
  definition: string;
}

/** Rows come table by table; put back at the end, each key checks all of them at once. */
async function dropForeignKeys(client: CopyClient): Promise<ForeignKey[]> {
  const keys = await client.rows<ForeignKey>(`
    select conrelid::regclass::text as "table", conname as name, pg_get_constraintdef(oid) as definition
    from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace order by 1, 2`);
  for (const { table, name } of keys)
    await client.rows(`alter table ${table} drop constraint ${quoted(name)}`);
  return keys;
}

async function assertTables(manifest: Manifest, client: CopyClient): Promise<void> {
  const there = await client.rows<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public'",
  );
  const has = new Set(there.map(({ name }) => name));
  const missing = manifest.tables.filter(({ name }) => !has.has(name)).map(({ name }) => name);
  if (missing.length > 0) {
    throw new SalonError("internal", `The migrations made no table for ${missing.join(", ")}.`);
  }
}

async function assertRows(manifest: Manifest, client: CopyClient): Promise<void> {
  for (const { name, rows } of manifest.tables) {
    const [{ found }] = await client.rows<{ found: string }>(`select count(*) as found from ${quoted(name)}`);
    if (Number(found) !== rows) {
      throw new SalonError("internal", `${name} has ${found} rows; the archive says ${rows}.`);
    }
  }
}

async function bytesOf(body: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of body as AsyncIterable<Buffer>) pieces.push(piece);
  return Buffer.concat(pieces);
}

const copyIn = (body: Readable, client: CopyClient, sql: string) =>
  pipeline(body, createGunzip(), client.copyIn(sql));
