import { lockArtifacts } from "@/lib/artifacts/keep-artifacts";
import { listArtifacts, removeArtifact } from "@/lib/artifacts/store";
import { inTransaction, type Db, type Tx } from "@/lib/db/client";
import { Prisma } from "@/lib/db/generated/client";

/** Folders of the store; one is looked through at a time. */
export const STORE_FOLDERS = 256;
/** Artifacts collected at a time: whoever keeps one waits for the transaction, so it must be short. */
const BATCH = 200;

/**
 * Delete artifacts that nothing refers to (a removed reference set's images, a deleted run's), row and bytes; the bytes of those
 * that only samples of a removed model or of an erased prompt refer to, whose rows votes still name; and, in one of the store's 256 folders, bytes
 * without a row (a writer that was killed between the two). Nothing is kept meanwhile, by anyone, so no upload in progress can
 * lose its bytes. Files go before the rows' deletion is final: a crash in between leaves rows without
 * bytes that nothing refers to, which the next time collects.
 * @param part which folder, 0..255
 * @returns null when somebody was keeping artifacts just then: to be tried again
 */
export function collectArtifacts(
  db: Db,
  part: number,
): Promise<{ artifacts: number; files: number; isMore: boolean } | null> {
  return inTransaction(async (tx) => {
    if (!(await lockArtifacts(tx))) return null;
    const columns = await referringColumns(tx);
    const hashes = [...(await deleteUnneeded(columns, tx)), ...(await eraseRemoved(columns, tx))];
    for (const sha256 of hashes) await removeArtifact(sha256);
    const files = await filesWithoutRow(part, tx);
    for (const sha256 of files) await removeArtifact(sha256);
    return { artifacts: hashes.length, files: files.length, isMore: hashes.length >= BATCH };
  }, db);
}

/** How many artifacts nothing refers to, and their bytes: what would be collected now. Reads all of them. */
export async function countUnneeded(tx: Tx): Promise<{ count: number; bytes: number }> {
  const columns = await referringColumns(tx);
  const [sum] = await tx.$queryRaw<[{ count: number; bytes: number }]>`
    select count(*)::int as count, coalesce(sum(a.bytes), 0)::float8 as bytes from artifacts a
    where a.erased_at is null and (${unreferred(columns)} or ${ofRemoved(columns)})`;
  return sum;
}

/**
 * What refers to an artifact is read from the database's own constraints: a column that forbids deleting it. What is merely
 * known of an artifact (features, grades) goes with it.
 */
function referringColumns(tx: Tx): Promise<Column[]> {
  return tx.$queryRaw`
    select c.conrelid::regclass::text as table, quote_ident(a.attname) as column
    from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
    where c.contype = 'f' and c.confrelid = 'artifacts'::regclass and c.confdeltype not in ('c')`;
}

type Column = { table: string; column: string };

/** SQL: whether none of the columns refers to the row of artifacts with alias a, nor a prompt's list of source images. */
const unreferred = (columns: readonly Column[]): Prisma.Sql =>
  Prisma.raw(
    [
      ...columns.map(
        ({ table, column }) => `not exists (select from ${table} t where t.${column} = a.sha256)`,
      ),
      "not exists (select from prompts p where p.source_artifacts @> array[a.sha256])",
    ].join(" and "),
  );

async function deleteUnneeded(columns: readonly Column[], tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ sha256: string }[]>`
    delete from artifacts where sha256 in (
      select a.sha256 from artifacts a where ${unreferred(columns)} limit ${BATCH}
    ) returning sha256`;
  return rows.map(({ sha256 }) => sha256);
}

/** SQL: samples, with model and prompt, of the row of artifacts with alias a. */
const samplesOf = Prisma.sql`
  select from samples s join models m on m.id = s.model_id join prompts p on p.id = s.prompt_id
  where s.artifact_hash = a.sha256`;

/** SQL: whether nothing but samples of removed models and erased prompts refers to it. */
const ofRemoved = (columns: readonly Column[]): Prisma.Sql => Prisma.sql`(
  exists (${samplesOf} and (m.removed_at is not null or p.erased_at is not null))
  and not exists (${samplesOf} and m.removed_at is null and p.erased_at is null)
  and ${unreferred(columns.filter(({ table }) => table !== "samples"))})`;

/** What is known of the images goes with their bytes; how they looked stays, because fits hold it equal. */
async function eraseRemoved(columns: readonly Column[], tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ sha256: string }[]>`
    update artifacts set erased_at = now(), thumbnail = null where sha256 in (
      select a.sha256 from artifacts a
      where a.erased_at is null and ${ofRemoved(columns)}
      limit ${BATCH}
    ) returning sha256`;
  const hashes = rows.map(({ sha256 }) => sha256);
  await tx.embedding.deleteMany({ where: { artifactHash: { in: hashes } } });
  await tx.grade.deleteMany({ where: { artifactHash: { in: hashes } } });
  return hashes;
}

/** The sha256 of files in one folder of the store that no row names, an hour old at least. */
export async function filesWithoutRow(part: number, tx: Tx): Promise<string[]> {
  const hashes = await listArtifacts(part);
  if (hashes.length === 0) return [];
  const rows = await tx.artifact.findMany({ where: { sha256: { in: hashes } }, select: { sha256: true } });
  const known = new Set(rows.map(({ sha256 }) => sha256));
  return hashes.filter((sha256) => !known.has(sha256));
}
