import { db, type Tx } from "@/lib/db/client";

/**
 * A number, as text, that is another one whenever what pages for everybody are made of has changed: triggers count the transactions
 * that changed it (migration data_version). The same for all processes of a site. Read it before what it is to stand for: what is
 * made then is of this version or of a newer one, never of an older. A vote changes it once the refit that it asks for is stored.
 */
export async function readDataVersion(tx: Tx = db()): Promise<string> {
  const [{ version }] = await tx.$queryRaw<[{ version: string }]>`
    select coalesce(sum(changes), 0)::text as version from data_changes`;
  return version;
}

/** Add the counts of connections that are gone into one row; the version stays what it is. */
export async function foldDataChanges(tx: Tx): Promise<void> {
  await tx.$executeRaw`
    with gone as (
      delete from data_changes
      where backend <> 0 and backend not in (select pid from pg_stat_activity where pid is not null)
      returning changes
    )
    insert into data_changes as kept (backend, changes)
    select 0, sum(changes) from gone having count(*) > 0
    on conflict (backend) do update set changes = kept.changes + excluded.changes`;
}
