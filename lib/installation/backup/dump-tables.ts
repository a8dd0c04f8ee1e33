import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { quoted, type CopyClient } from "@/lib/db/copy-client";
import type { ArchiveWriter } from "@/lib/installation/backup/archive-writer";
import { chunkName, JOBS, type DumpedTable, type Manifest } from "@/lib/installation/backup/manifest";

const compress = promisify(gzip);
/** Rows are written together until they are so many bytes: members of a tar need their size beforehand. */
const CHUNK_BYTES = 8 << 20;
const NEWLINE = 10;

/** Every table of Salon's, in the transaction that the client is in. Unlogged ones hold what may be forgotten. */
export async function dumpTables(client: CopyClient, writer: ArchiveWriter): Promise<DumpedTable[]> {
  const tables = await client.rows<{ name: string; columns: string[] }>(`
    select c.relname as name, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relpersistence = 'p'
      and c.relname <> '_prisma_migrations'
    group by c.relname order by c.relname`);
  const dumped: DumpedTable[] = [];
  for (const { name, columns } of tables) {
    let rows = 0;
    let chunk = 0;
    const list = columns.map(quoted).join(", ");
    for await (const piece of rowsOf(client, `copy ${quoted(name)} (${list}) to stdout`)) {
      rows += piece.rows;
      await writer.add(chunkName(name, chunk), await compress(piece.bytes));
      chunk += 1;
    }
    dumped.push({ name, columns, rows });
  }
  return dumped;
}

/**
 * The queue's waiting and running jobs, as they would be enqueued. Sweeps find runs and judging tasks that have lost theirs, but
 * not live battles, drawings or reference sets; in a snapshot with the rows that they are for, jobs are as right as those.
 */
export async function dumpJobs(client: CopyClient, writer: ArchiveWriter): Promise<number> {
  const [{ isInstalled }] = await client.rows<{ isInstalled: boolean }>(
    `select to_regclass('graphile_worker._private_jobs') is not null as "isInstalled"`,
  );
  if (!isInstalled) return 0;
  const pieces: Buffer[] = [];
  let jobs = 0;
  for await (const piece of rowsOf(client, JOBS_SQL)) {
    pieces.push(piece.bytes);
    jobs += piece.rows;
  }
  if (jobs > 0) await writer.add(JOBS, await compress(Buffer.concat(pieces)));
  return jobs;
}

/** Columns as load-tables.ts hands them to add_job. A job that has used up its attempts is one that nobody waits for. */
const JOBS_SQL = `
  copy (
    select t.identifier, j.payload, q.queue_name, j.run_at, j.max_attempts, j.key, j.priority
    from graphile_worker._private_jobs j
      join graphile_worker._private_tasks t on t.id = j.task_id
      left join graphile_worker._private_job_queues q on q.id = j.job_queue_id
    where j.attempts < j.max_attempts or j.locked_at is not null
    order by j.id
  ) to stdout`;

/** How far each sequence is. It runs ahead of what is visible, never behind. */
export function readSequences(client: CopyClient): Promise<Manifest["sequences"]> {
  return client.rows(`
    select sequencename as name, last_value::text as last from pg_sequences
    where schemaname = 'public' and last_value is not null order by sequencename`);
}

/** A COPY's output in pieces of whole rows. In the text format a newline ends a row and stands nowhere else. */
async function* rowsOf(client: CopyClient, sql: string): AsyncGenerator<{ bytes: Buffer; rows: number }> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const data of client.copyOut(sql) as AsyncIterable<Buffer>) {
    const end = data.lastIndexOf(NEWLINE) + 1;
    if (size + data.length < CHUNK_BYTES || end === 0) {
      held.push(data);
      size += data.length;
      continue;
    }
    const bytes = Buffer.concat([...held, data.subarray(0, end)]);
    held = [data.subarray(end)];
    size = data.length - end;
    yield { bytes, rows: count(bytes) };
  }
  const rest = Buffer.concat(held);
  if (rest.length > 0) yield { bytes: rest, rows: count(rest) };
}

function count(bytes: Buffer): number {
  let rows = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) rows += 1;
  return rows;
}
