import { runMigrations } from "graphile-worker";
import { Client } from "pg";

/** Keys of jobs that have another name today. Whoever needs one asks for it anew at the next start. */
const FORMER_KEYS = ["paint-demos"];

/** Bring the queue's own tables (schema graphile_worker) up to date, and drop jobs of an earlier Salon that nothing runs any more. */
export async function installQueue(databaseUrl: string): Promise<void> {
  await runMigrations({ connectionString: databaseUrl });
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (const key of FORMER_KEYS) await client.query("select graphile_worker.remove_job($1)", [key]);
  } finally {
    await client.end();
  }
}
